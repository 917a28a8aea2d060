package dev.trainyard.security.key.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.security.Scope;
import dev.trainyard.security.key.ApiKey;
import dev.trainyard.security.key.ApiKeys;
import dev.trainyard.security.key.ApiKeys.NewKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/keys", produces = "application/json")
@Tag(name = "keys")
@ConditionalOnRole(Role.API)
class KeyController {

  /** Dates after it have more than four digits for the year, which few can read. */
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  private static final Duration LONGEST_GRACE = Duration.ofDays(7);

  private final ApiKeys keys;
  private final Clock clock;

  KeyController(ApiKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @PostMapping(consumes = "application/json")
  @Operation(
      summary = "Make a key",
      description =
          "For one program or one person. The answer holds its secret, which is told this once and"
              + " not kept.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(KeyExamples.WISH))))
  @ApiResponse(
      responseCode = "201",
      description = "The key and its secret.",
      content = @Content(examples = @ExampleObject(KeyExamples.NEW_KEY)))
  @ApiResponse(responseCode = "422", description = "A field is not valid.", content = @Content)
  ResponseEntity<NewKey> make(@Valid @RequestBody Wish wish) {
    Instant expiry = wish.expireTime();
    if (expiry != null && !(expiry.isAfter(clock.instant()) && expiry.isBefore(END_OF_TIME))) {
      throw invalid("expireTime", "must be in the future, and before the year 10000");
    }
    List<String> projects =
        Objects.requireNonNullElse(wish.projects(), List.of(ApiKey.ALL_PROJECTS));
    NewKey made = keys.make(wish.name(), wish.scope(), projects, expiry);
    return ResponseEntity.created(URI.create("/api/v1/keys/" + made.key().id()))
        .cacheControl(CacheControl.noStore())
        .body(made);
  }

  @GetMapping
  @Operation(summary = "List the keys", description = "The oldest first, without their secrets.")
  @ApiResponse(
      responseCode = "200",
      description = "All of them.",
      content = @Content(examples = @ExampleObject(KeyExamples.KEYS)))
  All list() {
    return new All(keys.all());
  }

  @GetMapping("/{id}")
  @Operation(summary = "Get a key")
  @ApiResponse(
      responseCode = "200",
      description = "All but its secret.",
      content = @Content(examples = @ExampleObject(KeyExamples.KEY)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  ApiKey get(@PathVariable @Parameter(example = "5f0c92ab") String id) {
    return keys.get(id);
  }

  @PostMapping(path = "/{id}/rotate", consumes = "application/json")
  @Operation(
      summary = "Give a key another secret",
      description = "The one before is still taken for the grace period, PT0S if none is given.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(KeyExamples.ROTATION))))
  @ApiResponse(
      responseCode = "200",
      description = "The key and its new secret.",
      content = @Content(examples = @ExampleObject(KeyExamples.NEW_KEY)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  @ApiResponse(responseCode = "422", description = "A field is not valid.", content = @Content)
  ResponseEntity<NewKey> rotate(
      @PathVariable @Parameter(example = "5f0c92ab") String id,
      @Valid @RequestBody Rotation rotation) {
    Duration grace = Objects.requireNonNullElse(rotation.gracePeriod(), Duration.ZERO);
    if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      throw invalid("gracePeriod", "must be between PT0S and P7D");
    }
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(keys.rotate(id, grace));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Revoke a key",
      description = "At once: whoever is signed in to the page with it is signed out.")
  @ApiResponse(responseCode = "204", description = "It is refused from now on.")
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  void revoke(@PathVariable @Parameter(example = "5f0c92ab") String id) {
    keys.revoke(id);
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }

  record All(List<ApiKey> keys) {}

  /**
   * @param projects that it sees, all if none are given
   */
  record Wish(
      @NotNull
          @Pattern(
              regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
              message = "must be lower-case letters, digits and hyphens, 63 at most")
          @Schema(description = "Whose it is; what it submits is shown under this name.")
          String name,
      @NotNull @Schema(description = "The largest scope; it holds those before it.") Scope scope,
      @Size(min = 1, max = 50)
          @Schema(description = "Projects that it sees, [\"*\"] for all; all if it is left out.")
          @Nullable
              List<
                  @NotNull
                  @Pattern(
                      regexp = "\\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                      message = "must be a project's name or *")
                  String>
              projects,
      @Schema(description = "From then on it is refused; never if it is left out.")
          @Nullable Instant expireTime) {}

  record Rotation(
      @Schema(
              type = "string",
              format = "duration",
              description = "For which the secret before is taken as well, P7D at most.",
              example = "PT1H")
          @Nullable Duration gracePeriod) {}
}
