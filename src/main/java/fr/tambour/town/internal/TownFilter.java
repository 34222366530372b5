package fr.tambour.town.internal;

import fr.tambour.town.CurrentTown;
import fr.tambour.town.HostName;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.FilterOrder;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leads each request to its town by host name. A host of nobody's is told so (421, RFC 9110 15.5.20); before there is a
 * town, every page leads to /mise-en-place; `localhost` of several towns lets one choose.
 */
@Component
@Order(FilterOrder.TOWN)
class TownFilter extends OncePerRequestFilter {

    static final String SETUP = "/mise-en-place";
    static final String CHOOSER = "/collectivites";

    /** Served whoever asks: what pages without a town are made of. */
    private static final List<String> GROUND =
            List.of("/styles/", "/assets/", "/fonts/", "/marks/", "/css/", "/favicon", "/error");

    /** RFC 6797: a town that is reached by TLS is not to be reached without for a year. */
    private static final String A_YEAR = "max-age=31536000";

    private final Towns towns;

    TownFilter(Towns towns) {
        this.towns = towns;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String host = HostName.ofHeader(request.getServerName());
        Optional<Town> town = towns.byHost(host);
        if (town.isPresent()) {
            CurrentTown.set(request, town.get());
            request.setAttribute(Scope.TOWN, town.get().id().value());
            if (request.isSecure()
                    && !HostName.isLoopback(host)
                    && "https".equals(town.get().baseUrl().getScheme())) {
                response.setHeader("Strict-Transport-Security", A_YEAR);
            }
        } else if (!withoutTown(path)) {
            if (towns.all().isEmpty()) {
                leadTo(SETUP, "town.not-set-up", HttpStatus.SERVICE_UNAVAILABLE, path, request, response);
                return;
            }
            if (!HostName.isLoopback(host)) {
                throw new Refusal(HttpStatus.MISDIRECTED_REQUEST, "town.unknown-host", host);
            }
            if (!path.equals(CHOOSER)) {
                String back = CHOOSER + "?vers=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
                leadTo(back, "town.choose", HttpStatus.MISDIRECTED_REQUEST, path, request, response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** People reading a page are taken along; a program or a form is told. */
    private static void leadTo(
            String target,
            String code,
            HttpStatus status,
            String path,
            HttpServletRequest request,
            HttpServletResponse response) {
        boolean page = ("GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod())) && !Scope.isApi(path);
        if (!page) {
            throw new Refusal(status, code);
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader("Location", target);
        response.setHeader("Cache-Control", "no-store");
    }

    private static boolean withoutTown(String path) {
        return path.equals(SETUP)
                || path.startsWith(SETUP + "/")
                || GROUND.stream().anyMatch(path::startsWith);
    }
}
