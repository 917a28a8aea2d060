package dev.trainyard.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A job as its client sees it at one moment. */
record JobState(JsonNode json) {

  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  String state() {
    return json.at("/status/state").asString();
  }

  boolean hasEnded() {
    return ENDED.contains(state());
  }

  /** The id of the worker that has it; empty when none has. */
  String worker() {
    return json.at("/status/worker").asString("");
  }

  int attempt() {
    return json.at("/status/attempt").asInt();
  }

  long step() {
    return json.at("/status/progress/step").asLong();
  }

  List<JsonNode> attempts() {
    List<JsonNode> all = new ArrayList<>();
    json.at("/status/attempts").forEach(all::add);
    return all;
  }

  /** How the attempt has ended; empty while it runs. */
  String outcome(int attempt) {
    return attempts().stream()
        .filter(one -> one.get("number").asInt() == attempt)
        .map(one -> one.path("outcome").asString(""))
        .findFirst()
        .orElse("");
  }

  long mostStepsRedone() {
    return attempts().stream().mapToLong(one -> one.get("stepsRedone").asLong()).max().orElse(0);
  }
}
