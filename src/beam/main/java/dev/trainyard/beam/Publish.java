package dev.trainyard.beam;

import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/** Shows the dataset when all of its shards are written. */
final class Publish extends DoFn<KV<Integer, Iterable<WriteShards.Written>>, Manifest> {

  private static final long serialVersionUID = 1L;

  private final OutputFolder folder;
  private final PCollectionView<Manifest> planned;

  Publish(DatasetRequest request, PCollectionView<Manifest> planned) {
    this.folder = request.shards();
    this.planned = planned;
  }

  @ProcessElement
  public void publish(ProcessContext context) throws IOException {
    List<WriteShards.Written> written = new ArrayList<>();
    context.element().getValue().forEach(written::add);
    written.sort(Comparator.comparing(one -> one.shard().name())); // train before validation
    List<Manifest.Shard> shards = written.stream().map(WriteShards.Written::shard).toList();
    Manifest manifest = context.sideInput(planned).with(shards);
    folder.rename(
        written.stream().map(WriteShards.Written::part).toList(),
        shards.stream().map(Manifest.Shard::name).toList());
    try (ScratchFolder scratch = new ScratchFolder()) {
      DatasetFolder.write(scratch.path(), manifest);
      folder.copy(scratch.files());
    }
    folder.deleteParts();
    context.output(manifest);
  }
}
