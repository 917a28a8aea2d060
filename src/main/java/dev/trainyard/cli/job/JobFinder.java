package dev.trainyard.cli.job;

import dev.trainyard.cli.client.RefusedException;
import dev.trainyard.cli.client.ServiceClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Which job is meant: by its id, by its name, or by how its id begins. */
final class JobFinder {

  static final String LABEL = "JOB";
  static final String MEANING =
      "Id of a job, or its name, or the first four or more characters of its id.";

  static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern BEGINNING = Pattern.compile("[0-9a-f][0-9a-f-]{3,35}");
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 4;

  private final ServiceClient service;

  JobFinder(ServiceClient service) {
    this.service = service;
  }

  /** Several jobs may have a name: then it means the one of them that has not ended. */
  static final class AmbiguousException extends Exception {
    private static final long serialVersionUID = 1L;

    AmbiguousException(String message) {
      super(message);
    }
  }

  String id(String argument) throws IOException, InterruptedException, AmbiguousException {
    if (ID.matcher(argument).matches()) {
      return argument;
    }
    List<JsonNode> found = new ArrayList<>();
    String named = "/api/v1/jobs?pageSize=50&name=" + ServiceClient.encoded(argument);
    service.get(named).json().path("items").forEach(found::add);
    if (found.isEmpty() && BEGINNING.matcher(argument).matches()) {
      found.addAll(beginningWith(argument));
    }
    return only(found, argument).path("id").asString("");
  }

  private List<JsonNode> beginningWith(String start) throws IOException, InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    String token = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      String path = "/api/v1/jobs?pageSize=" + PAGE;
      JsonNode jobs =
          service
              .get(token.isEmpty() ? path : path + "&pageToken=" + ServiceClient.encoded(token))
              .json();
      for (JsonNode job : jobs.path("items")) {
        if (job.path("id").asString("").startsWith(start)) {
          found.add(job);
        }
      }
      token = jobs.path("nextPageToken").asString("");
      if (token.isEmpty()) {
        break;
      }
    }
    return found;
  }

  private static JsonNode only(List<JsonNode> found, String argument)
      throws RefusedException, AmbiguousException {
    if (found.isEmpty()) {
      throw new RefusedException(
          "There is no job '" + argument + "'; 'trainyard jobs' lists those that there are.");
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    List<JsonNode> unfinished = found.stream().filter(job -> !ENDED.contains(state(job))).toList();
    if (unfinished.size() == 1) {
      return unfinished.get(0);
    }
    throw new AmbiguousException(
        "Several jobs are '"
            + argument
            + "'. Which of these?"
            + found.stream()
                .limit(10)
                .map(job -> "\n  " + job.path("id").asString("") + " " + state(job))
                .collect(Collectors.joining()));
  }

  static String state(JsonNode job) {
    return job.path("status").path("state").asString("");
  }
}
