package dev.trainyard.benchmark;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A figure's options: {@code --name value} pairs, by the names that the peers' programs have. */
public record Options(Map<String, String> values) {

  public static Options of(String[] arguments, int from) {
    Map<String, String> values = new HashMap<>();
    for (int i = from; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException("--name value expected, not " + arguments[i]);
      }
      if (!arguments[i + 1].isBlank()) {
        values.put(arguments[i].substring(2), arguments[i + 1]);
      }
    }
    return new Options(values);
  }

  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  public int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  public Optional<Path> path(String name) {
    return Optional.ofNullable(values.get(name)).map(Path::of);
  }
}
