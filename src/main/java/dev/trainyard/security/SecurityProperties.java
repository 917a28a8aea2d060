package dev.trainyard.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is let in.
 *
 * @param mode how callers say who they are
 * @param tokenFile of the service's own token, which may do everything; made when it is not there
 * @param allowedHosts names in the header Host that are answered, beside this machine's own and IP
 *     addresses
 * @param sessionTimeout how long somebody stays signed in to the page
 * @param limits how fast one may ask
 * @param oidc what is read from tokens of an OpenID provider
 */
@Validated
@ConfigurationProperties("trainyard.security")
public record SecurityProperties(
    @DefaultValue("keys") SecurityMode mode,
    @DefaultValue("${trainyard.data-dir}/token") Path tokenFile,
    @DefaultValue List<String> allowedHosts,
    @DefaultValue("12h") @DurationMin(minutes = 1) Duration sessionTimeout,
    @Valid @DefaultValue Limits limits,
    @DefaultValue Oidc oidc) {

  /**
   * Each process counts for itself; zero is no limit.
   *
   * @param requestsPerSecond of one key, or of one person whom the OpenID provider vouches for
   * @param failuresPerMinute wrong tokens from one address, after which none is looked at
   */
  public record Limits(
      @DefaultValue("1000") @PositiveOrZero int requestsPerSecond,
      @DefaultValue("60") @PositiveOrZero int failuresPerMinute) {}

  /**
   * Names of claims.
   *
   * @param name who it is
   * @param scope whose words are scopes, such as {@code trainyard:submit}; the largest counts
   * @param scopePrefix before each word that is meant for this service
   * @param projects a list of projects, {@code *} for all
   */
  public record Oidc(
      @DefaultValue("sub") String name,
      @DefaultValue("scope") String scope,
      @DefaultValue("trainyard:") String scopePrefix,
      @DefaultValue("projects") String projects) {}
}
