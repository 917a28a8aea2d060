package dev.trainyard.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobStateTest {

  /** The lifecycle as the documentation tells it, written a second time on purpose. */
  private static final Map<String, Set<String>> DOCUMENTED =
      Map.of(
          "QUEUED", Set.of("PREPARING", "PAUSED", "CANCELLED"),
          "PREPARING", Set.of("RUNNING", "QUEUED", "PAUSING", "CANCELLING", "FAILED"),
          "RUNNING", Set.of("SUCCEEDED", "FAILED", "PAUSING", "CANCELLING", "QUEUED"),
          "PAUSING", Set.of("PAUSED", "SUCCEEDED", "FAILED", "CANCELLING"),
          "PAUSED", Set.of("QUEUED", "CANCELLED"),
          "CANCELLING", Set.of("CANCELLED", "SUCCEEDED"),
          "SUCCEEDED", Set.of(),
          "FAILED", Set.of("QUEUED"),
          "CANCELLED", Set.of("QUEUED"));

  @Test
  void every_pair_of_states_is_a_legal_step_or_not_as_documented() {
    assertThat(DOCUMENTED.keySet())
        .isEqualTo(Set.copyOf(Arrays.stream(JobState.values()).map(Enum::name).toList()));
    for (JobState from : JobState.values()) {
      for (JobState to : JobState.values()) {
        assertThat(from.canBecome(to))
            .as("%s -> %s", from, to)
            .isEqualTo(DOCUMENTED.get(from.name()).contains(to.name()));
      }
    }
  }

  @Test
  void only_a_client_brings_a_job_back_from_a_terminal_state() {
    assertThat(JobState.values())
        .filteredOn(JobState::isTerminal)
        .containsExactly(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)
        .allSatisfy(
            end ->
                assertThat(JobState.values())
                    .filteredOn(end::canBecome)
                    .isSubsetOf(JobState.QUEUED));
  }

  @Test
  void the_states_in_a_workers_hands_are_the_same_in_sql() {
    String states =
        JobState.HELD.stream().map(state -> "'" + state + "'").collect(Collectors.joining(", "));
    assertThat(Jobs.HELD).isEqualTo("state in (" + states + ")");
  }
}
