package dev.trainyard.security;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How often one address may come with a wrong token. A right one is taken all the same, so that
 * nobody can lock others out who come from the same address.
 */
@Component
public class Guesses {

  private final int most;
  private final @Nullable Buckets addresses;

  Guesses(SecurityProperties properties) {
    this.most = properties.limits().failuresPerMinute();
    this.addresses = most == 0 ? null : new Buckets(most, most, Duration.ofMinutes(1));
  }

  /**
   * One was wrong.
   *
   * @return what to answer: that it was, or that there were too many
   */
  public ProblemException wrong(String address, String detail) {
    if (addresses != null) {
      ConsumptionProbe taken = addresses.of(address).tryConsumeAndReturnRemaining(1);
      if (!taken.isConsumed()) {
        return new ProblemException(
                Problem.TOO_MANY_REQUESTS,
                "More than %d wrong tokens came from this address within a minute, which is trainyard.security.limits.failures-per-minute."
                    .formatted(most))
            .retryAfter((int) TimeUnit.NANOSECONDS.toSeconds(taken.getNanosToWaitForRefill()) + 1);
      }
    }
    return new ProblemException(Problem.UNAUTHENTICATED, detail);
  }
}
