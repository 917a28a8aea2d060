package dev.trainyard.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Brings what the libraries measure to Prometheus's conventions, as {@code promtool check metrics}
 * knows them: base units, a help text, no suffix that means something else.
 */
@Component
class CleanMeters implements MeterFilter {

  /** In milliseconds and nanoseconds, or about sessions, of which there are none. */
  private static final Set<String> LEFT_OUT = Set.of("jvm.compilation.time", "process.cpu.time");

  private static final String SESSIONS = "tomcat.sessions.";

  private static final Map<String, String> NAMES = Map.of("system.cpu.count", "system.cpus");

  private static final Map<String, String> HELP =
      Map.of(
          "http.server.requests", "Time to answer HTTP requests.",
          "http.server.requests.active", "HTTP requests that are being answered now.");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    boolean out = LEFT_OUT.contains(id.getName()) || id.getName().startsWith(SESSIONS);
    return out ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String help = HELP.get(id.getName());
    Meter.Id named = id.withName(NAMES.getOrDefault(id.getName(), id.getName()));
    return help == null
        ? named
        : new Meter.Id(
            named.getName(), Tags.of(named.getTags()), named.getBaseUnit(), help, named.getType());
  }
}
