package dev.trainyard.cli;

import dev.trainyard.TestToken;
import dev.trainyard.spec.SpecJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What one command did, in this process. */
record Run(int exit, String out, String err) {

  static Run of(String server, String... arguments) {
    return withInput("", server, arguments);
  }

  static Run withInput(String input, String server, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", server));
    if (!all.contains("--token-file")) {
      all.addAll(List.of("--token-file", TestToken.FILE.toString()));
    }
    return exactly(input, all.toArray(new String[0]));
  }

  static Run exactly(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Cli.run(
            arguments,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Standard output as one JSON document, and nothing else. */
  JsonNode json() {
    return SpecJson.MAPPER.readTree(out);
  }
}
