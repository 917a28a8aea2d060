package dev.trainyard.hostile;

import dev.trainyard.TestToken;
import dev.trainyard.hostile.RandomRequests.Request;
import dev.trainyard.problem.Problem;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.web.openapi.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds answers against the OpenAPI document and the catalogue of problems, and counts them. */
final class Judge {

  /** What may be the case however well the service does: no room, nobody free, no time left. */
  private static final Set<String> EXPECTED =
      Set.of(
          "POST /api/v1/uploads 507 /problems/disk-full",
          "POST /api/v1/jobs 503 /problems/preflight-unavailable",
          "POST /api/v1/models/{name}/versions 503 /problems/import-unavailable");

  private final Contract contract;
  private final Map<String, String> faults = new TreeMap<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final Map<String, Integer> done = new TreeMap<>();

  Judge(Contract contract) {
    this.contract = contract;
    contract.operations().forEach(operation -> done.put(operation, 0));
  }

  void hear(Request request, RawConnection.Answer answer) {
    statuses.merge(answer.status(), 1, Integer::sum);
    if (answer.status() < 400) {
      done.merge(request.operation(), 1, Integer::sum);
    }
    for (String fault : faults(request, answer)) {
      faults.putIfAbsent(
          request.operation() + " " + answer.status() + " " + fault,
          request + "\n-> " + answer.headers() + "\n" + cut(answer.body()) + "\n");
    }
  }

  void unanswered(Request request, IOException why) {
    faults.putIfAbsent(request.operation() + " " + why, request.toString());
  }

  private List<String> faults(Request request, RawConnection.Answer answer) {
    List<String> found = new ArrayList<>();
    if (answer.body().contains(TestToken.VALUE)
        || answer.headers().toString().contains(TestToken.VALUE)) {
      found.add("tells the token");
    }
    String type = answer.headers().get("content-type");
    byte[] body = json(request.template(), answer.body()).getBytes(StandardCharsets.UTF_8);
    found.addAll(
        contract.violations(request.method(), request.template(), answer.status(), type, body));
    boolean problem = type != null && type.startsWith("application/problem+json");
    String of = "";
    if (problem && body.length > 0) {
      JsonNode said = SpecJson.MAPPER.readTree(body);
      of = said.path("type").asString("");
      String fault = fault(said, of, answer.status());
      if (fault != null) {
        found.add(fault);
      }
    } else if (answer.status() >= 400 && body.length == 0 && !request.method().equals("HEAD")) {
      found.add("says nothing");
    }
    boolean expected = EXPECTED.contains(request.operation() + " " + answer.status() + " " + of);
    if (answer.status() >= 500 && !expected) {
      found.add("fails " + of);
    }
    return found;
  }

  /** TensorFlow Serving's answers may have numbers that JSON has not. */
  private static String json(String template, String body) {
    return template.startsWith("/v1/")
        ? body.replaceAll("(?<=[\\[,:])(NaN|-?Infinity)(?=[,\\]}])", "0")
        : body;
  }

  private static @Nullable String fault(JsonNode said, String type, int status) {
    if (said.path("status").asInt() != status) {
      return "says that it is another status";
    }
    if (!said.path("errors").isArray()) {
      return "has no errors";
    }
    boolean dialect =
        said.has("error") && status == 400; // as clients of TensorFlow Serving know it
    return Arrays.stream(Problem.values())
            .filter(it -> it.status().value() == status || dialect && it == Problem.INVALID_REQUEST)
            .anyMatch(it -> it.type().toString().equals(type))
        ? null
        : type + " is not in the catalogue";
  }

  Collection<String> faults() {
    return faults.entrySet().stream().map(it -> it.getKey() + "\n" + it.getValue()).toList();
  }

  int successes() {
    return done.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Operations of which no request succeeded. */
  Set<String> neverDone() {
    Set<String> never = new TreeSet<>();
    done.forEach(
        (operation, times) -> {
          if (times == 0) {
            never.add(operation);
          }
        });
    return never;
  }

  void print(double seconds) {
    int all = statuses.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "%d requests, %.0f a second, answered %s; %d below 400%n",
        all, all / seconds, statuses, successes());
  }

  private static String cut(String text) {
    return text.length() > 1500 ? text.substring(0, 1500) + "..." : text;
  }
}
