package fr.tambour.desk.internal;

import fr.tambour.storage.Ids;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.TownId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the set-up's state as one fact of the instance. */
@Component
public class SetupDrafts {

    private static final String DRAFT = "setup.draft";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InstanceFacts facts;
    private final Ids ids;

    SetupDrafts(InstanceFacts facts, Ids ids) {
        this.facts = facts;
        this.ids = ids;
    }

    @Transactional
    public SetupDraft current() {
        return facts.get(DRAFT)
                .map(json -> JSON.readValue(json, SetupDraft.class))
                .orElseGet(this::begin);
    }

    private SetupDraft begin() {
        SetupDraft begun = SetupDraft.begun(new TownId(ids.next()));
        keep(begun);
        return begun;
    }

    @Transactional
    public void keep(SetupDraft draft) {
        facts.put(DRAFT, JSON.writeValueAsString(draft));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void forget() {
        facts.remove(DRAFT);
    }
}
