package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Problems;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import java.util.Map;

/**
 * @param districts one a line
 * @param themes one a line
 */
public record ListsPage(
        SetupFrame setup, String districts, String themes, Map<Kind, ApprovalPolicy> policies, Problems problems) {}
