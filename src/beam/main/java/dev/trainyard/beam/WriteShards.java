package dev.trainyard.beam;

import dev.trainyard.dataset.convert.Inspection;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.convert.ShardWriter;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.dataset.image.UnusableImageException;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;

/** Writes whole shards, each on one machine, which has one image of it in memory at a time. */
final class WriteShards extends DoFn<PlanShards.Task, WriteShards.Written> {

  private static final long serialVersionUID = 1L;

  /**
   * A complete shard.
   *
   * @param part the name that it still has
   */
  record Written(String part, Manifest.Shard shard) {}

  private final DatasetRequest request;
  private transient ImageIntake intake;

  WriteShards(DatasetRequest request) {
    this.request = request;
  }

  @Setup
  public void setUp() {
    intake = new ImageIntake(request.maxPixels());
  }

  @ProcessElement
  public void write(@Element PlanShards.Task task, OutputReceiver<Written> out)
      throws IOException, InterruptedException {
    String part = OutputFolder.partOf(task.name());
    ShardWriter writer = new ShardWriter(request.shards().create(part), task.name());
    try (writer) {
      for (Inspection.Usable image : task.images()) {
        writer.write(image.example(task.labels(), jpeg(image)));
      }
    }
    out.output(new Written(part, writer.written()));
  }

  private byte[] jpeg(Inspection.Usable image) throws IOException, InterruptedException {
    byte[] bytes = request.images().read(image.listed().entry());
    byte[] jpeg = image.reencoded() ? again(image, bytes) : bytes;
    if (jpeg.length != image.length()) {
      throw changed(image);
    }
    return jpeg;
  }

  private byte[] again(Inspection.Usable image, byte[] bytes)
      throws IOException, InterruptedException {
    try {
      return intake.take(bytes, request.order().scrutiny().scan()).jpeg();
    } catch (UnusableImageException e) {
      throw changed(image);
    }
  }

  private static IOException changed(Inspection.Usable image) {
    return new IOException(image.listed().entry().name() + " was changed during the conversion");
  }
}
