package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.Precision;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;

class MemoryNeedTest {

  private static final long MB = 1 << 20;

  /** 100 MB for the weights, 10 MB an image. */
  private static final MemoryNeed NEED = new MemoryNeed(100 * MB, 10 * MB, 64, 64, 2);

  @TempDir Path folder;

  @Test
  void what_fits_is_left_alone() {
    assertThatCode(() -> NEED.check(740 * MB)).doesNotThrowAnyException();
  }

  @Test
  void what_does_not_fit_is_refused_with_a_batch_that_would() {
    assertThatThrownBy(() -> NEED.check(739 * MB))
        .isInstanceOf(NotEnoughMemoryException.class)
        .hasMessageContaining("at least 740 MB")
        .hasMessageContaining("739 MB are free")
        .hasMessageContaining("training.batchSize of 62 would fit")
        .hasMessageContaining("training.gradientAccumulationSteps 2,");
    assertThatThrownBy(() -> NEED.check(300 * MB))
        .hasMessageContaining("training.batchSize of 20 would fit")
        .hasMessageContaining("training.gradientAccumulationSteps 4,");
    assertThatThrownBy(() -> NEED.check(115 * MB)) // one image, for two replicas
        .hasMessageContaining("No batch would fit");
  }

  @Test
  void memory_that_ran_out_all_the_same_halves_the_batch() {
    RuntimeException failure = new IllegalStateException("OOM when allocating");
    assertThat(NEED.ranOut(failure, 1000 * MB))
        .hasMessageContaining("training.batchSize of 32 would fit")
        .hasMessageContaining("OOM when allocating")
        .hasCause(failure);
  }

  @Test
  void it_counts_weights_slots_gradients_and_what_the_forward_pass_keeps() throws IOException {
    MemoryNeed need = need(8, 1);
    long values =
        3 * 3 * 3 * 4 + 4 + 3 * 3 * 4 * 6 + 6 + 4 * 4 * 6 * 16 + 16 + 16 * 3 + 3; // of TinyPlan
    assertThat(need.fixed()).isBetween(4 * 4 * values, 4 * 4 * values + 100);
    // The images, then each convolution, pooling and activation; the dense layers are small.
    long image = 16 * 16 * 3 + 16 * 16 * 4 + 2 * 8 * 8 * 4 + 8 * 8 * 6 + 2 * 4 * 4 * 6;
    assertThat(need.perImage()).isBetween(4 * image, 4 * (image + 300));

    MemoryNeed parted = need(8, 4);
    assertThat(parted.part()).isEqualTo(2);
    assertThat(parted.perImage()).isBetween(need.perImage() - 200, need.perImage() + 200);
  }

  private MemoryNeed need(int batchSize, int parts) throws IOException {
    TrainingPlan plan =
        new TinyPlan(folder, TinyImages.write(folder, 60, 12))
            .model(new CnnSpec(3, 3, 4, 6, 16, 0.25, false))
            .batchSize(batchSize)
            .training("gradientAccumulationSteps", parts)
            .build();
    Accelerator accelerator = Accelerator.of(plan.spec().accelerator(), Precision.FLOAT32);
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      return TrainingGraph.in(graph, plan, input, accelerator).memory();
    }
  }
}
