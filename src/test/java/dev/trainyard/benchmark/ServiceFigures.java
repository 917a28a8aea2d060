package dev.trainyard.benchmark;

import dev.trainyard.ApiClient;
import dev.trainyard.Trainyard;
import dev.trainyard.database.PostgresqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** What is measured of a whole service without workers, on either database. */
abstract class ServiceFigures {

  private final String name;

  /**
   * @param name of the database on a PostgreSQL server
   */
  ServiceFigures(String name) {
    this.name = name;
  }

  abstract Map<String, Object> measure(ConfigurableApplicationContext service);

  Map<String, Object> on(String database) throws IOException {
    return database.equals("h2") ? onH2() : onPostgresql();
  }

  private Map<String, Object> onH2() throws IOException {
    return measure(List.of());
  }

  /** On a durable server of its own. */
  private Map<String, Object> onPostgresql() throws IOException {
    try (PostgresqlServer server = PostgresqlServer.running()) {
      server.address().createDatabase(name);
      return measure(server.address().service(name));
    }
  }

  private Map<String, Object> measure(List<String> database) throws IOException {
    Path data = Files.createTempDirectory("benchmark");
    List<String> arguments = new ArrayList<>();
    database.forEach(property -> arguments.add("--" + property));
    arguments.addAll(
        List.of("--server.port=0", "--trainyard.data-dir=" + data, "--trainyard.worker.slots=0"));
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(Trainyard.class)
            .logStartupInfo(false)
            .run(arguments.toArray(new String[0]))) {
      return measure(service);
    } finally {
      FileSystemUtils.deleteRecursively(data);
    }
  }

  static void expect(int status, ApiClient.Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException(answer.text());
    }
  }

  static Map<String, Object> percentiles(String name, int times, Runnable work) {
    double[] milliseconds = new double[times];
    for (int n = 0; n < times; n++) {
      Stopwatch watch = new Stopwatch();
      work.run();
      milliseconds[n] = watch.seconds() * 1000;
    }
    Arrays.sort(milliseconds);
    return Map.of(
        name + "_p50_ms", milliseconds[times / 2],
        name + "_p99_ms", milliseconds[(int) Math.ceil(times * 0.99) - 1]);
  }
}
