package dev.trainyard.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each scope holds all those before it. */
public enum Scope {
  /** Look at everything, download, predict. */
  @JsonProperty("read")
  READ,
  /** Upload datasets, submit jobs. */
  @JsonProperty("submit")
  SUBMIT,
  /** Change what is there: cancel, delete, promote, import. */
  @JsonProperty("operate")
  OPERATE,
  /** Keys, projects, the audit trail. */
  @JsonProperty("admin")
  ADMIN;

  public boolean holds(Scope other) {
    return other.compareTo(this) <= 0;
  }

  /** This one and all that it holds. */
  public List<Scope> held() {
    return Arrays.stream(values()).filter(this::holds).toList();
  }

  /** As it is written in requests, claims and the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text().equals(text)).findFirst();
  }
}
