package dev.trainyard.cli.client;

import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.net.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A whole answer in memory. */
public record Answer(int status, HttpHeaders headers, String body) {

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /**
   * @throws IOException when it is not what a service of ours answers
   */
  public JsonNode json() throws IOException {
    try {
      return SpecJson.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new IOException("What answers there is no Trainyard service: it sent no JSON.", e);
    }
  }
}
