package fr.tambour.desk.internal;

import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.town.Commune;
import fr.tambour.town.Profile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes to the draft of a set-up, each read and kept in one transaction. */
@Service
public class SetupPlan {

    private final SetupDrafts drafts;
    private final Defaults defaults;

    SetupPlan(SetupDrafts drafts, Defaults defaults) {
        this.drafts = drafts;
        this.defaults = defaults;
    }

    /** Choosing the same town again keeps what was said about it. */
    @Transactional
    public void choose(Commune commune, URI baseUrl) {
        SetupDraft draft = drafts.current();
        if (draft.origin() != null
                && draft.origin().code().equals(commune.code())
                && draft.origin().type() == commune.type()) {
            return;
        }
        drafts.keep(draft.choosing(
                defaults.origin(commune),
                defaults.profile(commune, baseUrl),
                defaults.districts(commune),
                defaults.themes(),
                defaults.policies(commune)));
    }

    @Transactional
    public void profile(Profile profile, SetupStage stage) {
        change(draft -> draft.with(profile, stage));
    }

    @Transactional
    public void lists(List<String> districts, List<String> themes, Map<Kind, ApprovalPolicy> policies) {
        change(draft -> draft.with(districts, themes, policies));
    }

    @Transactional
    public void done(SetupStage stage) {
        change(draft -> draft.with(stage));
    }

    private void change(UnaryOperator<SetupDraft> change) {
        drafts.keep(change.apply(drafts.current()));
    }
}
