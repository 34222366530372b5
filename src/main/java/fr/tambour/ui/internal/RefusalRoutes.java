package fr.tambour.ui.internal;

import fr.tambour.ui.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** The three ways on which a failed request can reach {@link Refusals}. */
final class RefusalRoutes {

    private RefusalRoutes() {}

    /** Out of a controller or a view. Signing in is Spring Security's to answer. */
    @Component
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class FromController implements HandlerExceptionResolver {

        private final Refusals refusals;

        FromController(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        public @Nullable ModelAndView resolveException(
                HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
            if (thrown instanceof AccessDeniedException || thrown instanceof AuthenticationException) {
                return null;
            }
            try {
                refusals.answer(request, response, thrown);
                return new ModelAndView();
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** Out of a filter: an unknown host, a database that is locked while the session is read. */
    @Component
    @Order(FilterOrder.REFUSALS)
    static final class FromFilter extends OncePerRequestFilter {

        private final Refusals refusals;

        FromFilter(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            try {
                chain.doFilter(request, response);
            } catch (RuntimeException | ServletException e) {
                refusals.answer(request, response, e);
            } catch (IOException e) {
                if (Failure.gone(e) || response.isCommitted()) {
                    throw e;
                }
                refusals.answer(request, response, e);
            }
        }
    }

    /** By {@code sendError}: Spring Security's refusals and the container's own. */
    @Controller
    static final class FromContainer implements ErrorController {

        private final Refusals refusals;

        FromContainer(Refusals refusals) {
            this.refusals = refusals;
        }

        @RequestMapping("/error")
        void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
            Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
            if (thrown instanceof Throwable error) {
                refusals.answer(request, response, error);
            } else {
                int code = status instanceof Integer known ? known : HttpServletResponse.SC_NOT_FOUND;
                refusals.answer(request, response, Failure.of(code, code == 500), null);
            }
        }
    }
}
