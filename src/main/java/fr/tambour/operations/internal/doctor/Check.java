package fr.tambour.operations.internal.doctor;

import java.util.List;

/** One thing that the doctor looks at. */
public interface Check {

    List<Finding> look();

    /** How bad it is. */
    enum Weight {
        /** As it should be. */
        WELL,
        /** Works, but something should be done. */
        ADVICE,
        /** Does not work, or will soon not. */
        WRONG
    }

    /**
     * @param key of the sentence `operations.doctor.KEY`, or of a module's own, which has a dot: what is, and what to do about it
     * @param arguments its values
     */
    record Finding(Weight weight, String key, List<Object> arguments) {

        public Finding {
            arguments = List.copyOf(arguments);
        }

        /** What its sentence is known by in the messages. */
        String sentence() {
            return key.contains(".") ? key : "operations.doctor." + key;
        }

        static Finding well(String key, Object... arguments) {
            return new Finding(Weight.WELL, key, List.of(arguments));
        }

        static Finding advice(String key, Object... arguments) {
            return new Finding(Weight.ADVICE, key, List.of(arguments));
        }

        static Finding wrong(String key, Object... arguments) {
            return new Finding(Weight.WRONG, key, List.of(arguments));
        }
    }
}
