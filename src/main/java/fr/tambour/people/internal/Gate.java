package fr.tambour.people.internal;

import fr.tambour.ui.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * What happens to a request that may not go on: into the studio, or into the API. A refusal thrown here becomes the same
 * page or problem as one thrown by a controller, since `ui` listens outside of Spring Security.
 */
@Component
class Gate {

    /** Someone opening a page is led to the sign-in and back; a script is told that nobody is signed in. */
    AuthenticationEntryPoint signInFirst() {
        return (HttpServletRequest request, HttpServletResponse response, AuthenticationException e) -> {
            if (opensPage(request)) {
                response.sendRedirect("/studio/connexion" + back(request));
            } else {
                throw new Refusal(HttpStatus.UNAUTHORIZED, "people.signed-out");
            }
        };
    }

    /** Either the form is stale or forged, or they do not work for this town. */
    AccessDeniedHandler notHere() {
        return (HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) -> {
            if (e instanceof CsrfException) {
                throw new Refusal(HttpStatus.FORBIDDEN, "people.form-stale");
            } else if (opensPage(request)) {
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                forward("/studio/ailleurs", request, response);
            } else {
                throw new Refusal(HttpStatus.FORBIDDEN, "people.not-member");
            }
        };
    }

    AuthenticationEntryPoint tokenFirst() {
        return (HttpServletRequest request, HttpServletResponse response, AuthenticationException e) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Tambour\"");
            throw new Refusal(HttpStatus.UNAUTHORIZED, "people.token-missing");
        };
    }

    private static void forward(String path, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.getRequestDispatcher(path).forward(request, response);
    }

    private static boolean opensPage(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        boolean navigates = mode == null ? request.getHeader("HX-Request") == null : mode.equals("navigate");
        return navigates && request.getMethod().equals("GET") && request.getDispatcherType() == DispatcherType.REQUEST;
    }

    private static String back(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.equals("/studio")) {
            return "";
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return "?suite=" + URLEncoder.encode(path + query, StandardCharsets.UTF_8);
    }
}
