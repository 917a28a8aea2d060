package dev.trainyard.beam;

import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.convert.Base;
import dev.trainyard.dataset.convert.Conversion;
import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.dataset.convert.ImageWorkers;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.convert.Source;
import dev.trainyard.dataset.image.ImageIntake;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The service's own conversion of a local folder, by the pipeline's command line. */
final class ServiceConversion {

  private ServiceConversion() {}

  public static void main(String[] arguments) throws Exception {
    DatasetOptions options = PipelineOptionsFactory.fromArgs(arguments).as(DatasetOptions.class);
    Path scratch = Files.createTempDirectory("service");
    long start = System.nanoTime();
    Manifest manifest = run(DatasetOptions.request(options), scratch);
    DatasetPipeline.report(manifest, options.getOutput(), start);
    Files.delete(scratch);
  }

  static Manifest run(DatasetRequest request, Path scratch) throws Exception {
    Path input = Path.of(request.input()).toRealPath();
    Path output = Files.createDirectories(Path.of(request.output()));
    int processors = Runtime.getRuntime().availableProcessors();
    ArchiveLimits limits = new ArchiveLimits(2_000_000, request.maxImageBytes(), 1 << 26);
    ImageIntake intake = new ImageIntake(request.maxPixels());
    try (ImageWorkers workers = new ImageWorkers(processors, 1 << 26, intake)) {
      return new Conversion(limits, request.shardSize(), workers)
          .run(
              new Source(input, input, Base.NONE),
              request.order(),
              output,
              scratch,
              new ConversionProgress());
    }
  }
}
