package fr.tambour.live.internal;

import fr.tambour.ui.HeadLink;
import fr.tambour.ui.Scope;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Says in the head of every page where its stream is, and from where on the page knows nothing. */
@Component
class LiveLink implements HeadLink.Provider {

    @Override
    public List<HeadLink> headLinks(Scope scope) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null
                        && request.getAttribute(Front.SINCE, RequestAttributes.SCOPE_REQUEST) instanceof Long since
                ? List.of(new HeadLink("alternate", "text/event-stream", "/direct?depuis=" + since, null))
                : List.of();
    }
}
