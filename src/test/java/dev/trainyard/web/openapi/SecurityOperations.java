package dev.trainyard.web.openapi;

import static dev.trainyard.web.openapi.ContractTest.made;
import static dev.trainyard.web.openapi.ContractTest.well;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.TestToken;
import dev.trainyard.web.openapi.Asker.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The operations about keys, projects, sessions and the audit trail, each asked with success. */
final class SecurityOperations {

  private SecurityOperations() {}

  static void askAll(Asker api) {
    JsonNode key =
        made(json(api, "POST", "/api/v1/keys", "{\"name\": \"a\", \"scope\": \"read\"}"));
    String id = key.at("/key/id").asString();
    well(api.ask("GET", "/api/v1/keys"));
    well(api.ask("GET", "/api/v1/keys/{id}", id));
    well(json(api, "POST", "/api/v1/keys/{id}/rotate", "{\"gracePeriod\": \"PT1H\"}", id));
    well(api.ask("DELETE", "/api/v1/keys/{id}", id));
    String project = "/api/v1/projects/{name}";
    for (String quotas : List.of("{\"bytes\": 9}", "{}")) {
      well(json(api, "PUT", project, "{\"quotas\": %s}".formatted(quotas), "vision"));
    }
    well(api.ask("GET", "/api/v1/projects"));
    well(api.ask("GET", project, "vision"));
    well(api.ask("DELETE", project, "vision"));
    well(json(api, "POST", "/api/v1/session", "{\"token\": \"%s\"}".formatted(TestToken.VALUE)));
    well(api.ask("GET", "/api/v1/session"));
    well(api.ask("DELETE", "/api/v1/session"));
    well(api.ask("GET", "/api/v1/audit"));
    for (String header : List.of("X-Trainyard-Project")) {
      Answer refused = api.with(header, "no such thing").ask("GET", "/api/v1/jobs");
      assertThat(refused.violations()).as(refused.toString()).isEmpty();
    }
  }

  private static Answer json(Asker api, String method, String path, String body, String... values) {
    return api.send(
        method, path, "application/json", body.getBytes(StandardCharsets.UTF_8), values);
  }
}
