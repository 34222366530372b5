package fr.tambour.storage.internal;

import java.nio.file.Path;

/** Another process works on the data folder. */
class DataFolderBusy extends RuntimeException {

    DataFolderBusy(Path data, String pid) {
        super("Another Tambour (process " + (pid.isEmpty() ? "unknown" : pid) + ") works on the data folder " + data
                + ": stop it, or choose another folder with TAMBOUR_DATA.");
    }
}
