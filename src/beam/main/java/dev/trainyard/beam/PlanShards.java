package dev.trainyard.beam;

import dev.trainyard.dataset.convert.Base;
import dev.trainyard.dataset.convert.ConversionException;
import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.Harvest;
import dev.trainyard.dataset.convert.Inspection;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.convert.ShardPlan;
import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.TooManyBadRecordsException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Plans the shards when all images have been looked at; writes the quarantine list. */
final class PlanShards extends DoFn<KV<Integer, Iterable<Finding>>, PlanShards.Task> {

  static final TupleTag<Task> TASKS = new TupleTag<>("tasks");
  static final TupleTag<Manifest> MANIFEST = new TupleTag<>("manifest");

  private static final long serialVersionUID = 1L;

  /** A shard to be written, and all labels. */
  record Task(String name, List<Inspection.Usable> images, List<String> labels) {}

  private final DatasetRequest request;

  PlanShards(DatasetRequest request) {
    this.request = request;
  }

  @ProcessElement
  public void plan(@Element KV<Integer, Iterable<Finding>> findings, MultiOutputReceiver out)
      throws Exception {
    Finding.All found = Finding.all(findings.getValue());
    writeQuarantine(found.bad());
    requireTolerable(found.bad());
    Finding.Head head = found.head();
    ConversionOrder order = request.order();
    Harvest harvest =
        Harvest.divided(head.labels(), head.images(), found.usable(), head.splits(), order);
    int quarantined = found.bad().size();
    out.get(MANIFEST)
        .output(harvest.manifest(Base.NONE, order, head.splits(), quarantined, null, List.of()));
    plan("train", harvest.train(), head.labels(), out.get(TASKS));
    plan("validation", harvest.validation(), head.labels(), out.get(TASKS));
  }

  private void plan(
      String split, List<Inspection.Usable> images, List<String> labels, OutputReceiver<Task> out) {
    ShardPlan plan = ShardPlan.of(split, images, request.order().seed(), request.shardSize(), 0);
    for (int shard = 0; shard < plan.count(); shard++) {
      List<Inspection.Usable> hand =
          Arrays.stream(plan.places(shard)).mapToObj(plan.images()::get).toList();
      out.output(new Task(plan.name(shard), hand, labels));
    }
  }

  private void writeQuarantine(List<BadRecord> bad) throws IOException {
    try (ScratchFolder scratch = new ScratchFolder()) {
      DatasetFolder.writeQuarantine(scratch.path(), bad);
      request.shards().copy(scratch.files());
    }
  }

  private void requireTolerable(List<BadRecord> bad) throws ConversionException {
    BadRecords counted = new BadRecords(request.order().maxBadRecords());
    try {
      for (BadRecord record : bad) {
        counted.add(record);
      }
    } catch (TooManyBadRecordsException e) {
      throw new ConversionException(
          ConversionFailure.TOO_MANY_BAD_RECORDS, String.valueOf(e.getMessage()));
    }
  }
}
