package dev.trainyard.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecCheckTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "training":{"batchSize":101}                                  | training.batchSize
          "training":{"batchSize":10,"gradientAccumulationSteps":4}     | training.batchSize
          "training":{"batchSize":10},"accelerator":{"replicas":3}      | training.batchSize
          "training":{"batchSize":10,"evaluationBatchSize":5},"accelerator":{"replicas":2} | training.evaluationBatchSize
          "training":{"batchSize":10,"steps":5,"epochs":1}              | training.epochs
          "training":{"batchSize":10,"timeLimit":"PT0S"}                | training.timeLimit
          "training":{"batchSize":10,"timeLimit":"-PT1H"}               | training.timeLimit
          "training":{"batchSize":10,"warmStartFrom":{}}                | training.warmStartFrom
          "training":{"batchSize":10,"warmStartFrom":{"version":2}}     | training.warmStartFrom
          "training":{"batchSize":10,"earlyStopping":{}}                | training.earlyStopping
          "training":{"batchSize":10,"checkpoint":{"keepBest":"loss"}}  | training.checkpoint.keepBest
          "training":{"batchSize":10},"register":{"model":"m","checkpoint":"best"} | register.checkpoint
          "training":{"batchSize":10,"weightDecay":0.1,"optimizer":{"type":"adamw"}} | training.weightDecay
          "training":{"batchSize":10,"schedule":{"type":"piecewise","boundaries":[5],"factors":[1]}} | training.schedule.factors
          "training":{"batchSize":10,"schedule":{"type":"piecewise","boundaries":[5,5],"factors":[1,1,1]}} | training.schedule.boundaries[1]
          "training":{"batchSize":10,"schedule":{"type":"piecewise","boundaries":[5],"factors":[1,1],"warmup":6}} | training.schedule.warmup
          "training":{"batchSize":12},"accelerator":{"type":"TPU"}      | training.batchSize
          "training":{"batchSize":16},"accelerator":{"type":"TPU"}      | training.evaluateRemainder
          "training":{"batchSize":16},"accelerator":{"type":"TPU"}      | input.transpose
          "training":{"batchSize":16},"accelerator":{"type":"TPU"}      | training.iterationsPerLoop
          """)
  void what_does_not_fit_is_named(String fields, String field) {
    assertThat(SpecCheck.of(spec(fields), 100, 0, 5))
        .extracting(SpecCheck.Finding::field)
        .contains(field);
  }

  @Test
  void a_spec_that_fits_has_no_findings() {
    JobSpec spec =
        spec(
            """
            "training":{"batchSize":12,"gradientAccumulationSteps":2,"epochs":1.5,"timeLimit":"PT1H",
            "earlyStopping":{},"checkpoint":{"keepBest":"accuracy"},"evaluationBatchSize":3},
            "accelerator":{"replicas":3},"register":{"model":"m","checkpoint":"best"}\
            """);
    assertThat(SpecCheck.of(spec, 100, 10, 5)).isEqualTo(List.of());
    assertThat(spec.training().totalSteps(100)).isEqualTo(13); // 150 images, 12 at a time
  }

  @Test
  void a_tpu_job_that_keeps_the_rules_of_a_tpu_has_no_findings() {
    JobSpec spec =
        spec(
            """
            "training":{"batchSize":16,"evaluateRemainder":false,"iterationsPerLoop":100},
            "input":{"transpose":true},"accelerator":{"type":"TPU"}\
            """);
    assertThat(SpecCheck.of(spec, 100, 10, 5)).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "earlyStopping":{"monitor":"top_5_accuracy"}  | training.earlyStopping.monitor
          "checkpoint":{"keepBest":"top_5_accuracy"}    | training.checkpoint.keepBest
          """)
  void top_5_accuracy_decides_nothing_among_five_classes(String fields, String field) {
    JobSpec spec = spec("\"training\":{\"batchSize\":10," + fields + "}");

    assertThat(SpecCheck.of(spec, 100, 10, 5))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.field()).isEqualTo(field);
              assertThat(finding.message()).contains("top_5_accuracy", "5", "\"accuracy\"");
            });
    assertThat(SpecCheck.of(spec, 100, 10, 6)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # batch, asked, remainder, replicas, images | size, fullOnly, leftOut
          32,  , true,  1, 150, 32, false,   0
          32,  , true,  1,  21, 21, false,   0
          32,  , false, 1, 150, 32, true,   22
          32,  , false, 1,  21, 21, true,    0
          32,  , false, 8,  21, 16, true,    5
          32,40, false, 8, 150, 40, true,   30
          32,400,false, 8, 150,144, true,    6
          32,  , false, 8,   7,  0, true,    7
          32, 8, true,  8,   7,  7, false,   0
          32,64, true,  1,   0, 32, false,   0
          32,64, false, 8,   0, 32, true,    0
          """)
  void validation_images_are_cut_into_batches(
      int batch,
      Integer asked,
      boolean remainder,
      int replicas,
      long images,
      int size,
      boolean fullOnly,
      long leftOut) {
    JobSpec spec =
        spec(
            "\"training\":{\"batchSize\":%d,\"evaluationBatchSize\":%d,\"evaluateRemainder\":%b},\"accelerator\":{\"replicas\":%d}"
                .formatted(batch, asked, remainder, replicas));

    assertThat(EvaluationBatches.of(spec, images))
        .isEqualTo(new EvaluationBatches(size, fullOnly, leftOut));
    assertThat(SpecCheck.of(spec, 100, images, 5))
        .extracting(SpecCheck.Finding::field)
        .isEqualTo(size > 0 ? List.of() : List.of("training.evaluateRemainder"));
  }

  @Test
  void evaluation_takes_no_more_images_at_once_than_accumulated_training() {
    JobSpec spec = spec("\"training\":{\"batchSize\":32,\"gradientAccumulationSteps\":4}");

    assertThat(EvaluationBatches.of(spec, 150).size()).isEqualTo(8);
  }

  private static JobSpec spec(String fields) {
    return SpecJson.MAPPER.readValue(
        "{\"name\":\"a\",\"dataset\":\"b\",\"model\":{\"type\":\"cnn\"}," + fields + "}",
        JobSpec.class);
  }
}
