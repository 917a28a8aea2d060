package dev.trainyard.fuzz;

import dev.trainyard.dataset.archive.ArchiveTarget;
import dev.trainyard.dataset.image.ImageTarget;
import dev.trainyard.dataset.listing.CsvTarget;
import dev.trainyard.model.imports.ModelArchiveTarget;
import dev.trainyard.model.openinference.InferTarget;
import dev.trainyard.model.serving.PredictTarget;
import dev.trainyard.spec.JobSpecTarget;
import dev.trainyard.tfrecord.RecordTarget;
import dev.trainyard.trainer.protocol.EventTarget;
import dev.trainyard.trainer.protocol.FrameTarget;
import dev.trainyard.upload.TusTarget;
import java.util.Locale;
import java.util.function.Supplier;

/** Every parser of ours that reads what comes from outside of the process. */
enum Target {
  ZIP(ArchiveTarget::new),
  TAR(ArchiveTarget::new),
  MODEL_ARCHIVE(ModelArchiveTarget::new),
  CSV(CsvTarget::new),
  JPEG(ImageTarget::new),
  PNG_WEBP(ImageTarget::new),
  TF_RECORD(RecordTarget::new),
  EVENTS(EventTarget::new),
  PREDICTOR_FRAME(FrameTarget::new),
  JOB_SPEC(JobSpecTarget::new),
  PREDICT(PredictTarget::new),
  INFER(InferTarget::new),
  TUS(TusTarget::new);

  private final Supplier<FuzzTarget> make;

  Target(Supplier<FuzzTarget> make) {
    this.make = make;
  }

  /** Opened once for many inputs. */
  BoundedTarget open() {
    return new BoundedTarget(make.get());
  }

  /** Of its folder in {@code src/test/resources/fuzz}. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
