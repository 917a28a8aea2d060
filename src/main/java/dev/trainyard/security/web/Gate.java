package dev.trainyard.security.web;

import dev.trainyard.security.Caller;
import dev.trainyard.security.CallerAuthentication;
import dev.trainyard.security.SecurityMode;
import dev.trainyard.security.SecurityProperties;
import dev.trainyard.security.session.Sessions;
import dev.trainyard.security.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The order in which a request is looked at. */
@Configuration(proxyBeanMethods = false)
class Gate {

  /** For answers that a browser may show by themselves: plots have styles of their own. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none';"
          + " base-uri 'none'; form-action 'none'; sandbox";

  private static final String OURS = "ty_";

  @Bean
  SecurityFilterChain requests(
      HttpSecurity http,
      SecurityProperties properties,
      Refusals refusals,
      Sessions sessions,
      AuthenticationManagerResolver<HttpServletRequest> callers) {
    PageCsrf csrf = new PageCsrf();
    http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                    .cacheControl(HeadersConfigurer.CacheControlConfig::disable))
        .csrf(
            page ->
                page.csrfTokenRepository(csrf)
                    .requireCsrfProtectionMatcher(csrf)
                    .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
        .exceptionHandling(e -> e.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .authorizeHttpRequests(Access::configure)
        .addFilterBefore(refusals.new Around(), HeaderWriterFilter.class)
        .addFilterAfter(new OwnHosts(hosts(properties), refusals), HeaderWriterFilter.class);
    int perSecond = properties.limits().requestsPerSecond();
    if (perSecond > 0) {
      http.addFilterBefore(new Pace(perSecond, refusals), AuthorizationFilter.class);
    }
    if (properties.mode() == SecurityMode.NONE) {
      http.anonymous(
          anybody ->
              anybody
                  .principal(Caller.ANYBODY)
                  .authorities(CallerAuthentication.authorities(Caller.ANYBODY.scope())));
    } else {
      http.oauth2ResourceServer(
              server ->
                  server
                      .authenticationManagerResolver(callers)
                      .authenticationEntryPoint(refusals)
                      .accessDeniedHandler(refusals))
          .addFilterBefore(new SignedIn(sessions), CsrfFilter.class);
    }
    return http.build();
  }

  /** Ours by their beginning, all others by the OpenID provider if there is one. */
  @Bean
  AuthenticationManagerResolver<HttpServletRequest> callers(
      KeyAuthentication keys, ObjectProvider<JwtDecoder> decoders, SecurityProperties properties) {
    if (properties.mode() != SecurityMode.OIDC) {
      return request -> keys;
    }
    JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoders.getObject());
    provider.setJwtAuthenticationConverter(new OidcCallers(properties.oidc()));
    AuthenticationManager tokens = provider::authenticate;
    return request -> {
      String header = String.valueOf(request.getHeader("Authorization"));
      return header.regionMatches(true, 0, "Bearer " + OURS, 0, 7 + OURS.length()) ? keys : tokens;
    };
  }

  private static List<String> hosts(SecurityProperties properties) {
    List<String> hosts = new ArrayList<>(properties.allowedHosts());
    try {
      hosts.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      // Then it has none that anybody could ask for.
    }
    return hosts;
  }
}
