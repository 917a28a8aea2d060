package dev.trainyard.security.web;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.trainyard.security.Scope;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * Which request needs which scope. Whatever may be read needs {@link Scope#READ}; what changes
 * something and stands in no rule is denied to everybody, so that a new endpoint is closed until it
 * is listed here.
 */
final class Access {

  /** Read without anything: what says that the service lives, and what one signs in with. */
  private static final String[] OPEN = {
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    "/signin",
    "/signin/*",
    "/favicon.svg"
  };

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Scope.ADMIN,
              List.of(GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE),
              "/api/v1/keys/**",
              "/api/v1/projects/**",
              "/api/v1/audit/**"),
          // Asks something, and changes nothing.
          new Rule(
              Scope.READ,
              List.of(POST),
              "/v1/models/**",
              "/v2/models/**",
              "/api/v1/models/{name}/predict",
              "/api/v1/models/{name}/versions/{version}/predict",
              "/api/v1/models/{name}/aliases/{alias}/predict"),
          new Rule(Scope.READ, List.of(DELETE), "/api/v1/session"),
          new Rule(
              Scope.SUBMIT,
              List.of(POST),
              "/api/v1/jobs",
              "/api/v1/jobs/{id}/clone",
              "/api/v1/datasets"),
          new Rule(Scope.SUBMIT, List.of(POST, PATCH, DELETE), "/api/v1/uploads/**"),
          new Rule(
              Scope.OPERATE,
              List.of(POST, PUT, PATCH, DELETE),
              "/api/v1/jobs/{id}/**",
              "/api/v1/datasets/{id}/**",
              "/api/v1/models/**"),
          new Rule(Scope.READ, List.of(GET, HEAD, OPTIONS), "/**"));

  private Access() {}

  static void configure(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          all) {
    // What goes on with a request that was let in, or answers one that was not.
    all.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
        .permitAll();
    all.requestMatchers(GET, OPEN).permitAll();
    all.requestMatchers(HEAD, OPEN).permitAll();
    all.requestMatchers(POST, "/api/v1/session").permitAll();
    for (Rule rule : RULES) {
      for (HttpMethod method : rule.methods()) {
        all.requestMatchers(method, rule.patterns()).hasAuthority(rule.scope().name());
      }
    }
    all.anyRequest().denyAll();
  }

  private record Rule(Scope scope, List<HttpMethod> methods, String... patterns) {}
}
