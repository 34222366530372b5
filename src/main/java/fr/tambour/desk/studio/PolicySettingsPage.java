package fr.tambour.desk.studio;

import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import java.util.Map;

public record PolicySettingsPage(Map<Kind, ApprovalPolicy> policies, boolean saved) {}
