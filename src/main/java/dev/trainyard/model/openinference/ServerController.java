package dev.trainyard.model.openinference;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The server as the protocol has it. */
@RestController
@RequestMapping("/v2")
@Tag(name = "open inference")
@ConditionalOnRole(Role.API)
class ServerController {

  private static final int UNAVAILABLE = 503;

  private final ApplicationAvailability availability;

  ServerController(ApplicationAvailability availability) {
    this.availability = availability;
  }

  @GetMapping
  @Operation(summary = "What this server is")
  @ApiResponse(
      responseCode = "200",
      description = "Name, version and extensions.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.SERVER)))
  Map<String, Object> server() {
    String version = ServerController.class.getPackage().getImplementationVersion();
    return Map.of(
        "name",
        "trainyard",
        "version",
        version == null ? "development" : version, // which only a jar knows
        "extensions",
        List.of("binary_tensor_data", "classification"));
  }

  @GetMapping("/health/live")
  @Operation(summary = "Whether the server runs")
  @ApiResponse(
      responseCode = "200",
      description = "It does.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.LIVE)))
  Map<String, Boolean> live() {
    return Map.of("live", true);
  }

  @GetMapping("/health/ready")
  @Operation(summary = "Whether the server can be asked")
  @ApiResponse(
      responseCode = "200",
      description = "It can.",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(OpenInferenceExamples.READY)))
  @ApiResponse(responseCode = "503", description = "Not now.", content = @Content)
  ResponseEntity<Map<String, Boolean>> ready() {
    boolean ready = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    return ResponseEntity.status(ready ? 200 : UNAVAILABLE).body(Map.of("ready", ready));
  }
}
