package fr.tambour.people.internal;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * Three doors: programs come by token to `/api`, staff by session to `/studio`, and everybody else to the rest, where
 * nobody is known. Header fields are the business of `ui`; only what must not be stored by browsers is said here.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class Security {

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, PersonalTokens tokens, Register register, Throttle throttle, Gate gate) {
        return bare(http)
                .securityMatcher("/api", "/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(contexts -> contexts.securityContextRepository(new NullSecurityContextRepository()))
                .addFilterBefore(new TokenFilter(tokens, register, throttle), AuthorizationFilter.class)
                .authorizeHttpRequests(paths -> paths.requestMatchers(HttpMethod.GET, "/api", "/api/openapi.json")
                        .permitAll()
                        .anyRequest()
                        .hasAuthority(Acting.MEMBER))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(gate.tokenFirst()))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain studio(HttpSecurity http, SessionContexts contexts, StudioCsrf csrf, Gate gate) {
        return bare(http)
                .securityMatcher("/studio", "/studio/**")
                .csrf(tokens -> tokens.csrfTokenRepository(csrf))
                .securityContext(repository -> repository.securityContextRepository(contexts))
                .authorizeHttpRequests(paths -> paths.requestMatchers(
                                "/studio/connexion",
                                "/studio/deconnexion",
                                "/studio/ailleurs",
                                "/studio/invitation/*",
                                "/studio/mot-de-passe/*")
                        .permitAll()
                        .anyRequest()
                        .hasAuthority(Acting.MEMBER))
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(gate.signInFirst()).accessDeniedHandler(gate.notHere()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain everybody(HttpSecurity http) {
        return bare(http)
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .securityContext(contexts -> contexts.securityContextRepository(new NullSecurityContextRepository()))
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
                .build();
    }

    /** Without what Spring Security adds unasked. */
    private static HttpSecurity bare(HttpSecurity http) {
        return http.formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.defaultsDisabled().cacheControl(Customizer.withDefaults()));
    }

    /** The session's cookie goes to the studio only, and no script sees it; Secure wherever the page came by TLS. */
    @Bean
    CookieSerializer sessionCookie() {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(StudioForms.SESSION_COOKIE);
        cookie.setCookiePath("/studio");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setUseBase64Encoding(false);
        return cookie;
    }
}
