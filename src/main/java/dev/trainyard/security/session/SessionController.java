package dev.trainyard.security.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.security.Caller;
import dev.trainyard.security.Guesses;
import dev.trainyard.security.Scope;
import dev.trainyard.security.Token;
import dev.trainyard.security.key.ApiKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/session", produces = "application/json")
@Tag(name = "session")
@ConditionalOnRole(Role.API)
class SessionController {

  private static final String EXAMPLE =
      """
      {"name": "nightly", "scope": "submit", "projects": ["vision"],
       "csrfToken": "0000000000000000000000000000000000000000", "expireTime": "2026-11-26T20:00:00Z"}""";

  private final Sessions sessions;
  private final Guesses guesses;

  SessionController(Sessions sessions, Guesses guesses) {
    this.sessions = sessions;
    this.guesses = guesses;
  }

  @PostMapping(consumes = "application/json")
  @Operation(
      summary = "Sign in to the web page",
      description =
          "Gives a cookie in place of the token. Programs need none: they send the token itself.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              "{\"token\": \"ty_5f0c92ab_0000000000000000000000000000000000000000\"}"))))
  @ApiResponse(
      responseCode = "200",
      description = "Who that is, with the cookie.",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  @ApiResponse(responseCode = "401", description = "Nobody has that token.", content = @Content)
  ResponseEntity<View> begin(@Valid @RequestBody SignIn signIn, HttpServletRequest request) {
    Sessions.Begun begun =
        sessions
            .begin(new Token(signIn.token().strip()))
            .orElseThrow(
                () ->
                    guesses.wrong(
                        request.getRemoteAddr(),
                        "That is no token of this service, or it has expired or was revoked."));
    return ResponseEntity.ok()
        .header(
            HttpHeaders.SET_COOKIE,
            SessionCookie.of(request, begun.id(), sessions.timeout()).toString())
        .cacheControl(CacheControl.noStore())
        .body(View.of(begun.session()));
  }

  @GetMapping
  @Operation(
      summary = "Who am I",
      description =
          "Who asks and what they may do. csrfToken goes into the header X-CSRF-Token of what a"
              + " browser that is signed in changes; for a token it is not needed and not there.")
  @ApiResponse(
      responseCode = "200",
      description = "Who that is.",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  ResponseEntity<View> get(HttpServletRequest request) {
    Caller caller = Objects.requireNonNullElse(Caller.current(), Caller.ANYBODY);
    View view =
        Optional.ofNullable(SignedIn.session(request))
            .map(View::of)
            .orElseGet(() -> View.of(caller));
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
  }

  @DeleteMapping
  @Operation(summary = "Sign out")
  @ApiResponse(responseCode = "204", description = "The cookie is worth nothing any more.")
  ResponseEntity<Void> end(HttpServletRequest request) {
    SessionCookie.read(request).ifPresent(sessions::end);
    return ResponseEntity.noContent()
        .header(HttpHeaders.SET_COOKIE, SessionCookie.of(request, "", Duration.ZERO).toString())
        .build();
  }

  record SignIn(
      @NotNull @Schema(description = "The service's own, or a key's secret.") String token) {

    /** Never the token. */
    @Override
    public String toString() {
      return "SignIn";
    }
  }

  /**
   * @param csrfToken only for a browser that is signed in, as is the time
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      String name,
      Scope scope,
      List<String> projects,
      @Nullable String csrfToken,
      @Nullable Instant expireTime) {

    static View of(Session session) {
      View view = of(session.caller());
      return new View(view.name, view.scope, view.projects, session.csrf(), session.expireTime());
    }

    static View of(Caller caller) {
      return new View(
          caller.name(),
          caller.scope(),
          caller.projects() == null
              ? List.of(ApiKey.ALL_PROJECTS)
              : caller.projects().stream().sorted().toList(),
          null,
          null);
    }
  }
}
