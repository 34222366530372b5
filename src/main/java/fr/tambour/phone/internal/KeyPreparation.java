package fr.tambour.phone.internal;

import java.util.Iterator;
import java.util.List;

/** Makes agreements for devices, one at a time, each when there is nothing better to do. */
final class KeyPreparation {

    /** Devices read at once: a few milliseconds' work. */
    private static final int PAGE = 500;

    private final Devices devices;
    private final PreparedKeys prepared;
    private final PushTools tools;
    private final Idleness idleness;
    private int pass;

    KeyPreparation(Devices devices, PreparedKeys prepared, PushTools tools, Idleness idleness) {
        this.devices = devices;
        this.prepared = prepared;
        this.tools = tools;
        this.idleness = idleness;
    }

    /** Goes through all devices: each has its agreements afterwards, and whoever is gone has none. */
    void prepareAll() throws InterruptedException {
        pass++;
        idleness.begin();
        Iterator<List<PushEndpoint>> pages = devices.pages(PAGE);
        while (pages.hasNext()) {
            idleness.turn();
            for (PushEndpoint device : pages.next()) {
                prepare(device);
            }
        }
        prepared.forgetUnseen(pass);
    }

    /** One that is new, or whose agreements were used. */
    void prepareOne(PushEndpoint device) throws InterruptedException {
        idleness.begin();
        prepare(device);
    }

    private void prepare(PushEndpoint device) throws InterruptedException {
        try {
            for (int lacking = prepared.lacking(device, pass); lacking > 0; lacking--) {
                idleness.turn();
                prepared.add(device, tools.encryption().agree(device), pass);
            }
        } catch (Encryption.UnusableKeys e) {
            // Whoever sends to it is told so.
        }
    }
}
