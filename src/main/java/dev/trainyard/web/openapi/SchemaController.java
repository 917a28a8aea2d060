package dev.trainyard.web.openapi;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** Schemas for those who write files. */
@RestController
@Tag(name = "schemas", description = "For editors.")
class SchemaController {

  private static final String SCHEMA_JSON = "application/schema+json";
  private static final String EXAMPLE =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema",
       "$id": "http://127.0.0.1:8080/api/v1/schemas/job-spec.json",
       "title": "A training job of Trainyard", "type": "object"}
      """;

  private final JobSpecSchema jobSpec;

  SchemaController(JobSpecSchema jobSpec) {
    this.jobSpec = jobSpec;
  }

  @GetMapping(path = JobSpecSchema.PATH, produces = SCHEMA_JSON)
  @Operation(
      summary = "The JSON Schema of a training job",
      description =
          "What POST /api/v1/jobs takes, in JSON Schema 2020-12, with every default and bound: an"
              + " editor that knows it completes and checks a file as it is written.")
  @ApiResponse(
      responseCode = "200",
      description = "It is made of this document",
      content = @Content(schema = @Schema(type = "object"), examples = @ExampleObject(EXAMPLE)))
  ResponseEntity<JsonNode> jobSpec(HttpServletRequest request) throws IOException {
    String id = ServletUriComponentsBuilder.fromRequestUri(request).build().toUriString();
    return ResponseEntity.ok(jobSpec.of(request, id));
  }
}
