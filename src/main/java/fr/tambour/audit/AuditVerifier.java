package fr.tambour.audit;

/** Reads the whole chain and says whether it is as it was written. */
public interface AuditVerifier {

    /** Reads every entry once, in pages; minutes on millions. What is wrong is in the report and never thrown. */
    AuditReport verify();
}
