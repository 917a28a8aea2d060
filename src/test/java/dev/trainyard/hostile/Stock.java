package dev.trainyard.hostile;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of things that there are, some of them learnt from answers. */
final class Stock {

  private static final int REMEMBERED = 12;
  private static final Pattern PLACE =
      Pattern.compile("^(?:https?://[^/]+)?/api/v1/(\\w+)/([^/?]+)$");
  private static final Pattern NEXT = Pattern.compile("\"nextPageToken\":\"([^\"]+)\"");

  /** Members and parameters that name things of a kind. */
  private static final Map<String, String> KINDS =
      Map.of(
          "dataset", "datasets",
          "appendTo", "datasets",
          "upload", "uploads",
          "job", "jobs",
          "jobs", "jobs",
          "model", "models",
          "version", "versions",
          "projects", "projects",
          "X-Trainyard-Project", "project");

  /** Bodies that are taken as they are, where those of the document are about something else. */
  private static final Map<String, List<String>> BODIES =
      Map.of(
          "POST /api/v1/jobs",
          List.of(Supplies.JOB, Supplies.JOB.replace("linear", "cnn")),
          "/clone",
          List.of("{\"name\": \"again\"}", "{}"),
          ":classify",
          List.of("{\"signature_name\": \"sizes\", \"examples\": [{\"x\": 0.75}]}"),
          ":regress",
          List.of("{\"signature_name\": \"twice\", \"examples\": [{\"x\": 0.75}, {\"x\": 1}]}"),
          ":predict",
          List.of(
              "{\"instances\": [{\"b64\": \"AQ==\"}]}",
              "{\"signature_name\": \"two\", \"inputs\": {\"pairs\": [[1, 2]], \"words\": [\"a\"]}}"),
          "/infer",
          List.of(
              "{\"inputs\": [{\"name\": \"image_bytes\", \"datatype\": \"BYTES\", \"shape\": [1],"
                  + " \"parameters\": {\"content_type\": \"base64\"}, \"data\": [\"AQ==\"]}]}"));

  private final Map<String, List<String>> fixed = new HashMap<>();
  private final Map<String, List<String>> learnt = new HashMap<>();

  Stock() {
    String image = Base64.getEncoder().encodeToString(dev.trainyard.TinyImages.jpeg(1, 1));
    fixed.put("b64", List.of("AQ==", "", image));
    fixed.put("data", List.of("AQ==", image));
    fixed.put("versions", List.of("1", "champion", "latest"));
    fixed.put("labels", List.of("champion", "canary"));
    fixed.put("aliases", List.of("champion", "canary", "shadow"));
    fixed.put("?plot", List.of("loss", "confusion", "accuracy", "lr", "throughput"));
    fixed.put("?format", List.of("svg", "png", "csv", "json", "zip", "tar.gz"));
    fixed.put("?theme", List.of("dark", "light"));
    fixed.put("?scale", List.of("log", "linear"));
    fixed.put("?names", List.of("loss", "val_loss", "accuracy", "val_accuracy"));
    fixed.put("files", List.of("saved_model.pb", "variables/variables.index", "assets/labels.txt"));
    fixed.put(
        "signature_name", List.of("serving_default", "classes", "two", "echo_FLOAT", "echo_INT64"));
    fixed.put("?type", List.of("transition", "metrics", "progress", "log"));
    fixed.put("?class", List.of("bar", "disc", "ring"));
    fixed.put("?source", List.of("trainer", "worker"));
    fixed.put("?tag", List.of("a:b", "team:vision"));
    fixed.put("Prefer", List.of("wait=1", "wait=30", "respond-async"));
    fixed.put("Upload-Length", List.of("0", "9", "10", "1000"));
    fixed.put("Upload-Offset", List.of("0", "9"));
    fixed.put("Idempotency-Key", List.of("k1", "k2", "k3", "k4"));
    fixed.put("Last-Event-ID", List.of("0", "1", "4711"));
    fixed.put("project", Collections.nCopies(20, "default"));
    fixed.put("projects", List.of("team", "r1", "r2"));
    fixed.put("DELETE models", List.of("spare"));
    fixed.put("DELETE versions", List.of("latest", "2"));
    fixed.put("DELETE aliases", List.of("canary"));
  }

  /** What there is whatever is done. */
  void hold(String kind, String... names) {
    fixed.put(kind, List.of(names));
  }

  List<String> held(String kind) {
    return fixed.getOrDefault(kind, List.of());
  }

  /** Takes what an answer tells of. */
  void learn(String template, RawConnection.Answer answer) {
    if (answer.status() >= 400) {
      return;
    }
    Matcher place = PLACE.matcher(answer.headers().getOrDefault("location", ""));
    if (place.matches()) {
      remember(place.group(1), place.group(2));
    }
    Matcher next = NEXT.matcher(answer.body());
    if (next.find()) {
      remember("pageToken", next.group(1));
    }
    if (answer.headers().containsKey("etag")) {
      remember(template, answer.headers().get("etag"));
    }
  }

  private void remember(String kind, String name) {
    List<String> known = learnt.computeIfAbsent(kind, it -> new ArrayList<>());
    known.add(name);
    if (known.size() > REMEMBERED) {
      known.remove(0);
    }
  }

  /** What was learnt of a kind is not there any more. */
  List<String> forget(String kind) {
    List<String> all = learnt.remove(kind);
    return all == null ? List.of() : all;
  }

  /** One of those that may be deleted, where others are needed. */
  Optional<String> toDelete(String kind, Dice dice) {
    return of("DELETE " + kind, dice).or(() -> of(kind, dice));
  }

  Optional<String> named(String name, Dice dice) {
    return of(KINDS.getOrDefault(name, name), dice);
  }

  /** A body that an operation takes. */
  Optional<String> body(String operation, Dice dice) {
    return BODIES.entrySet().stream()
        .filter(it -> operation.endsWith(it.getKey()))
        .findFirst()
        .map(it -> dice.of(it.getValue()));
  }

  /** A value for a parameter of a path or query, such as {@code theme}. */
  Optional<String> parameter(String name, Dice dice) {
    return of("?" + name, dice).or(() -> named(name, dice));
  }

  /** One of a kind. */
  Optional<String> of(String kind, Dice dice) {
    List<String> all = new ArrayList<>(fixed.getOrDefault(kind, List.of()));
    all.addAll(learnt.getOrDefault(kind, List.of()));
    return all.isEmpty() ? Optional.empty() : Optional.of(dice.of(all));
  }
}
