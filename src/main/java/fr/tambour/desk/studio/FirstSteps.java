package fr.tambour.desk.studio;

import fr.tambour.ui.Scope;
import fr.tambour.ui.SetupStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What modules say is still to be done before the town is well set up. */
@Component
class FirstSteps {

    private static final Logger LOG = LoggerFactory.getLogger(FirstSteps.class);

    private final ObjectProvider<SetupStep.Provider> providers;

    FirstSteps(ObjectProvider<SetupStep.Provider> providers) {
        this.providers = providers;
    }

    /** Those not done, in their order. A provider that fails is left out. */
    List<SetupStep> open(Scope scope) {
        List<SetupStep> open = new ArrayList<>();
        for (SetupStep.Provider provider : providers) {
            try {
                provider.steps(scope).stream().filter(step -> !step.done()).forEach(open::add);
            } catch (RuntimeException e) {
                LOG.error(
                        "The steps of {} are left out of the home page",
                        provider.getClass().getName(),
                        e);
            }
        }
        open.sort(Comparator.comparingInt(SetupStep::order));
        return open;
    }
}
