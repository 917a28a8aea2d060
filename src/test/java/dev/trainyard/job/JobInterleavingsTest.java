package dev.trainyard.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Clients, workers, deaths and late reports in an order that a seed decides: whatever comes, only
 * legal steps are taken, stale attempts change nothing, and no job is left behind.
 */
class JobInterleavingsTest extends UnlimitedQueue {

  /** A few suffice on the second database: what is tried here are the steps, not the locks. */
  private static final int RUNS =
      System.getProperty("trainyard.test.database") == null ? 1000 : 100;

  private static final int STEPS = 25;

  @Test
  void every_interleaving_takes_only_legal_steps() {
    for (int seed = 0; seed < RUNS; seed++) {
      try {
        new Play(new Random(seed)).run();
      } catch (AssertionError | RuntimeException e) {
        fail("Seed " + seed, e);
      }
      jdbc.update("delete from job");
    }
  }

  /** One job, two workers. */
  private final class Play {

    private final Random random;
    private final String id = queued("play");
    private final List<ClaimedJob> claims = new ArrayList<>();
    private final Map<Integer, Integer> endings = new HashMap<>();

    Play(Random random) {
      this.random = random;
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(13)) {
          case 0 -> verb(() -> verbs.cancel(id));
          case 1 -> verb(() -> verbs.pause(id));
          case 2 -> verb(() -> verbs.resume(id));
          case 3 -> verb(() -> verbs.retry(id));
          case 4 -> verb(() -> verbs.prioritize(id, random.nextInt(10)));
          case 5 -> loseWorker();
          case 6, 7, 8 -> {
            over();
            queue.claim(worker, CPU).ifPresent(claims::add);
          }
          default -> report();
        }
      }
      settle();
    }

    private void verb(Runnable verb) {
      try {
        verb.run();
      } catch (ProblemException refused) {
        assertThat(refused.problem()).isEqualTo(Problem.ILLEGAL_STATE);
        assertThat(refused.detail()).contains(status(id).state().name());
      }
    }

    /** Any attempt that ever was may speak; only the current one may be heard. */
    private void report() {
      if (claims.isEmpty()) {
        return;
      }
      ClaimedJob claim = claims.get(random.nextInt(claims.size()));
      JobView.Status before = status(id);
      boolean current =
          claim.attempt() == before.attempt() && JobState.HELD.contains(before.state());
      boolean begun = current && before.state() != JobState.PREPARING;
      boolean heard =
          switch (random.nextInt(7)) {
            case 0, 1 -> queue.started(claim, 0, 1);
            case 2 -> queue.stepped(claim, random.nextInt(100), 1, 1, 1, 1, null);
            case 3 ->
                begun || !current
                    ? ended(claim, queue.succeeded(claim, 1))
                    : queue.started(claim, 0, 1);
            case 4 -> ended(claim, queue.crashed(claim, JobReason.TRAINER_CRASHED, "died"));
            case 5 -> ended(claim, queue.failed(claim, JobReason.DATA_ERROR, "bad"));
            default -> ended(claim, queue.stopped(claim));
          };
      assertThat(heard).isEqualTo(current);
      if (!heard) {
        assertThat(status(id)).isEqualTo(before);
      }
    }

    private boolean ended(ClaimedJob claim, boolean heard) {
      if (heard) {
        endings.merge(claim.attempt(), 1, Integer::sum);
      }
      return heard;
    }

    private void settle() {
      List<JobView.Transition> taken = status(id).transitions();
      for (int i = 1; i < taken.size(); i++) {
        assertThat(taken.get(i - 1).state().canBecome(taken.get(i).state()))
            .as("%s -> %s", taken.get(i - 1), taken.get(i))
            .isTrue();
      }
      assertThat(endings.values()).as("an attempt ends once").allMatch(times -> times == 1);
      assertThat(status(id).attempts()).hasSize(claims.size());
      verb(() -> verbs.cancel(id));
      loseWorker();
      assertThat(status(id).state().isTerminal()).isTrue();
      assertThat(status(id).attempts())
          .allSatisfy(attempt -> assertThat(attempt.endTime()).isNotNull());
    }
  }
}
