package fr.tambour.operations.internal.doctor;

import fr.tambour.ui.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers a doctor's word, be it our own or that of a copy of this installation. */
@Component
@Order(FilterOrder.HEADERS)
class CountersignFilter extends OncePerRequestFilter {

    private static final int LONGEST = 64;

    private final Countersign countersign;

    CountersignFilter(Countersign countersign) {
        this.countersign = countersign;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(AddressCheck.ASKED_FOR);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String word = request.getHeader(Countersign.ASKED);
        if (word != null && !word.isEmpty() && word.length() <= LONGEST) {
            response.setHeader(Countersign.ANSWERED, countersign.of(word));
        }
        chain.doFilter(request, response);
    }
}
