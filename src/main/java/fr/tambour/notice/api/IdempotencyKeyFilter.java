package fr.tambour.notice.api;

import fr.tambour.ui.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Looks at an `Idempotency-Key` before Spring Security's firewall does, which refuses header fields with characters that
 * are none without saying which field it was. Refusals thrown here become problems like any other.
 */
@Component
@Order(FilterOrder.LANGUAGE + 10)
class IdempotencyKeyFilter extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        IdempotencyKey.of(request);
        chain.doFilter(request, response);
    }
}
