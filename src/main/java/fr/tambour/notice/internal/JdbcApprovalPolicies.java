package fr.tambour.notice.internal;

import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcApprovalPolicies implements ApprovalPolicies {

    private final JdbcClient jdbc;

    JdbcApprovalPolicies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public ApprovalPolicy of(TownId town, Kind kind) {
        return of(town).getOrDefault(kind, ApprovalPolicy.FOUR_EYES);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<Kind, ApprovalPolicy> of(TownId town) {
        Map<Kind, ApprovalPolicy> policies = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            policies.put(kind, ApprovalPolicy.FOUR_EYES);
        }
        jdbc.sql("SELECT kind, policy FROM approval_policy WHERE town_id = :town")
                .param("town", town.value())
                .query((row, n) -> policies.put(
                        Kind.valueOf(row.getString("kind")), ApprovalPolicy.valueOf(row.getString("policy"))))
                .list();
        policies.put(Kind.EMERGENCY, ApprovalPolicy.SINGLE);
        return policies;
    }

    @Override
    @Transactional
    public void set(TownId town, Kind kind, ApprovalPolicy policy) {
        if (kind == Kind.EMERGENCY && policy != ApprovalPolicy.SINGLE) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.policy.emergency");
        }
        jdbc.sql("""
                        INSERT INTO approval_policy (town_id, kind, policy) VALUES (:town, :kind, :policy)
                        ON CONFLICT (town_id, kind) DO UPDATE SET policy = :policy
                        """)
                .param("town", town.value())
                .param("kind", kind.name())
                .param("policy", policy.name())
                .update();
    }
}
