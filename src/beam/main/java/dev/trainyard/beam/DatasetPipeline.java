package dev.trainyard.beam;

import dev.trainyard.dataset.convert.ConversionException;
import dev.trainyard.dataset.convert.Manifest;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Converts a folder of images on the machines of a Beam runner: {@code src/docs/beam.md}. */
public final class DatasetPipeline {

  private DatasetPipeline() {}

  public static void main(String[] arguments) throws IOException {
    PipelineOptionsFactory.register(DatasetOptions.class);
    DatasetOptions options =
        PipelineOptionsFactory.fromArgs(arguments).withValidation().as(DatasetOptions.class);
    try {
      long start = System.nanoTime();
      report(run(options), options.getOutput(), start);
    } catch (ConversionException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Runs until the dataset is complete.
   *
   * @throws ConversionException when the input cannot become a dataset; the quarantine list is then
   *     in the output folder, if it got that far
   * @throws IllegalArgumentException when the options cannot be
   */
  static Manifest run(DatasetOptions options) throws IOException, ConversionException {
    FileSystems.setDefaultPipelineOptions(options);
    if (!List.of("full", "fast").contains(options.getScan())) {
      throw new IllegalArgumentException("--scan is full or fast");
    }
    DatasetRequest request = DatasetOptions.request(options);
    require(request);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Convert", new DatasetShards(request));
    try {
      PipelineResult.State end = pipeline.run().waitUntilFinish();
      if (end != PipelineResult.State.DONE) {
        throw new IllegalStateException("The pipeline ended as " + end);
      }
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ConversionException refused) {
          throw refused;
        }
      }
      throw e;
    }
    return request.shards().manifest();
  }

  static void report(Manifest manifest, String output, long start) {
    System.out.printf(
        "%s: %d examples to train on, %d held out, %d shards, %d records set aside; %.1f s%n",
        output,
        manifest.trainExamples(),
        manifest.validationExamples(),
        manifest.shards().size(),
        manifest.quarantined(),
        (System.nanoTime() - start) / 1e9);
  }

  private static void require(DatasetRequest request) throws IOException {
    double fraction = request.order().validationFraction();
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("--validationFraction is from 0 to less than 1");
    }
    if (request.order().maxBadRecords() < 0 || request.shardSize() < 1) {
      throw new IllegalArgumentException("--maxBadRecords is 0 or more, --shardSize is 1 or more");
    }
    if (request.shards().root().startsWith(request.images().root())) {
      throw new IllegalArgumentException("--output is within --input: name another folder");
    }
    if (request.shards().isTaken()) {
      throw new IllegalArgumentException("--output holds a dataset: name another folder");
    }
  }
}
