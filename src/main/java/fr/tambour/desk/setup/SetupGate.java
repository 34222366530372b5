package fr.tambour.desk.setup;

import fr.tambour.desk.internal.SetupDraft;
import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupLink;
import fr.tambour.desk.internal.SetupStage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Before each step: is the link good, and are the steps before done? Else one is led to the step that comes next. */
@Component
class SetupGate implements HandlerInterceptor, WebMvcConfigurer {

    private final SetupLink link;
    private final SetupDrafts drafts;

    SetupGate(SetupLink link, SetupDrafts drafts) {
        this.link = link;
        this.drafts = drafts;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/mise-en-place/{token}/{stage}", "/mise-en-place/{token}/{stage}/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path)
                || !(path.get("token") instanceof String token)) {
            return true;
        }
        link.check(token);
        SetupDraft draft = drafts.current();
        String stage = request.getRequestURI().substring(("/mise-en-place/" + token + "/").length());
        Optional<SetupStage> asked = SetupStage.ofPath(stage.replaceFirst("/.*", ""));
        if (asked.isPresent() && !draft.reaches(asked.get())) {
            // Somebody else may have finished since, and taken the draft along: then there is no step to be led to.
            link.check(token);
            response.sendRedirect("/mise-en-place/" + token + "/" + draft.next().path());
            return false;
        }
        return true;
    }
}
