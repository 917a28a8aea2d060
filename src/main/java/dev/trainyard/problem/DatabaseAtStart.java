package dev.trainyard.problem;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says at start, instead of a stack trace, what is wrong with the database and what to do. */
class DatabaseAtStart extends AbstractFailureAnalyzer<SQLException> {

  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String NOT_ALLOWED = "42501";
  private static final String WRONG_LOGIN = "28";

  private final Environment environment;

  DatabaseAtStart(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, SQLException cause) {
    String action = action(String.valueOf(cause.getSQLState()));
    return action == null
        ? null
        : new FailureAnalysis(
            "The database %s cannot be used: %s".formatted(url(), cause.getMessage()),
            action,
            failure);
  }

  private @Nullable String action(String state) {
    String user = environment.getProperty("spring.datasource.username", "");
    if (state.startsWith(WRONG_LOGIN)) {
      return "Set spring.datasource.username and spring.datasource.password"
          + " (SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD), or let the user in.";
    }
    if (state.equals(NO_SUCH_DATABASE)) {
      return "Create it, with the service's user as its owner: create database ... owner " + user;
    }
    if (state.equals(NOT_ALLOWED)) {
      return "Make the service's user its owner, so that tables can be made in it:"
          + " alter database ... owner to "
          + user;
    }
    return DatabaseUnavailable.isUnavailable(state)
        ? "Start it, or say where it is: spring.datasource.url (SPRING_DATASOURCE_URL). The service"
            + " does not wait for it; start it again when the database is there."
        : null;
  }

  /** Without its parameters, for a password may be one of them. */
  private String url() {
    return environment.getProperty("spring.datasource.url", "").split("[?;]", 2)[0];
  }
}
