package dev.trainyard.audit.web;

import dev.trainyard.audit.AuditEntry;
import dev.trainyard.audit.AuditQuery;
import dev.trainyard.audit.AuditTrail;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.web.Page;
import dev.trainyard.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/audit", produces = "application/json")
@Tag(name = "audit")
@ConditionalOnRole(Role.API)
class AuditController {

  private static final String ENTRIES =
      """
      {"items": [{"id": 4711, "time": "2026-11-26T09:12:00.512Z", "caller": "nightly", "keyId": "5f0c92ab",
        "address": "127.0.0.1", "project": "vision", "action": "POST /api/v1/jobs/{id}/cancel",
        "object": "/api/v1/jobs/0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e/cancel", "outcome": "DONE", "status": 202,
        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736"}]}""";

  private final AuditTrail trail;

  AuditController(AuditTrail trail) {
    this.trail = trail;
  }

  @GetMapping
  @Operation(
      summary = "Who has changed what, or tried to",
      description =
          "The newest first: requests that may have changed something, and what was denied to somebody"
              + " who had said who they are. Predictions and the pieces of uploads are not in it.")
  @ApiResponse(
      responseCode = "200",
      description = "One page; the Link header and nextPageToken lead to the next.",
      content = @Content(examples = @ExampleObject(ENTRIES)))
  ResponseEntity<Page<AuditEntry>> list(
      @RequestParam(required = false)
          @Parameter(description = "Only of this caller", example = "nightly")
          @Nullable String caller,
      @RequestParam(required = false)
          @Parameter(
              description = "Only this method and pattern of a path",
              example = "POST /api/v1/jobs/{id}/cancel")
          @Nullable String action,
      @RequestParam(required = false)
          @Parameter(description = "Only this path", example = "/api/v1/models/flowers")
          @Nullable String object,
      @RequestParam(required = false)
          @Parameter(description = "Not before", example = "2026-11-26T00:00:00Z")
          @Nullable Instant from,
      @RequestParam(required = false)
          @Parameter(description = "Before", example = "2026-11-27T00:00:00Z")
          @Nullable Instant to,
      @RequestParam(defaultValue = "50") int pageSize,
      @RequestParam(required = false) @Nullable String pageToken) {
    PageQuery page = PageQuery.of(pageSize, pageToken);
    AuditQuery query =
        new AuditQuery(
            Optional.ofNullable(caller),
            Optional.ofNullable(action),
            Optional.ofNullable(object),
            Optional.ofNullable(from),
            Optional.ofNullable(to));
    return Page.of(
        trail.entries(query, page.numberOr(Long.MAX_VALUE), page.fetchSize()),
        page,
        entry -> Long.toString(entry.id()));
  }
}
