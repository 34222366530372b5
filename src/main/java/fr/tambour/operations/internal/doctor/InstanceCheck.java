package fr.tambour.operations.internal.doctor;

import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditVerifier;
import fr.tambour.operations.OperationsSettings;
import fr.tambour.operations.RecoveryKey;
import fr.tambour.operations.internal.InstanceNumber;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The towns, the journal, the recovery key, and whether this is a copy. */
@Component
@Order(3)
class InstanceCheck implements Check {

    private final Towns towns;
    private final AuditVerifier verifier;
    private final RecoveryKey recoveryKey;
    private final InstanceNumber number;
    private final InstanceFacts facts;
    private final OperationsSettings settings;

    InstanceCheck(
            Towns towns,
            AuditVerifier verifier,
            RecoveryKey recoveryKey,
            InstanceNumber number,
            InstanceFacts facts,
            OperationsSettings settings) {
        this.towns = towns;
        this.verifier = verifier;
        this.recoveryKey = recoveryKey;
        this.number = number;
        this.facts = facts;
        this.settings = settings;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        List<Town> all = towns.all();
        findings.add(all.isEmpty() ? Finding.advice("no-town") : Finding.well("towns", all.size()));
        all.forEach(town -> findings.add(address(town)));
        findings.add(journal());
        findings.add(
                recoveryKey.confirmedAt().isPresent()
                        ? Finding.well("recovery-key")
                        : Finding.wrong("no-recovery-key"));
        Optional<Instant> restored = number.restoredAt();
        findings.add(
                restored.isPresent()
                        ? Finding.advice("copy", number.get(), number.original().orElse("?"), restored.get())
                        : Finding.well("original", number.get()));
        all.forEach(town -> facts.pausedSince(town.id().value())
                .ifPresent(since -> findings.add(Finding.wrong("paused", town.fullName(), since))));
        return findings;
    }

    private Finding address(Town town) {
        boolean secure = "https".equals(town.baseUrl().getScheme());
        if (!secure && !town.demonstration() && !loopback(town.baseUrl().getHost())) {
            return Finding.advice("town-without-tls", town.fullName(), town.baseUrl());
        }
        boolean reachable = !secure || settings.proxy() || settings.tls().certificate() != null;
        return reachable
                ? Finding.well("town", town.fullName(), town.baseUrl())
                : Finding.wrong("town-tls-not-served", town.fullName(), town.baseUrl());
    }

    private static boolean loopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("127.0.0.1")
                || host.equals("[::1]");
    }

    private Finding journal() {
        return switch (verifier.verify()) {
            case AuditReport.Intact intact -> Finding.well("journal", intact.entries());
            case AuditReport.Broken broken ->
                Finding.wrong("journal-changed", broken.findings().size());
        };
    }
}
