package dev.trainyard.beam;

import dev.trainyard.dataset.convert.Manifest;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Makes a dataset folder of a folder of images; gives its manifest when it is complete.
 *
 * <pre>
 * list -> lots of images, each to some machine -> judge -> findings, to one -> plan
 *      -> shards, each to some machine -> write -> names, to one -> publish
 * </pre>
 *
 * What goes over the network are names and numbers. An image is read where it is looked at, and
 * again where its shard is written.
 */
final class DatasetShards extends PTransform<PBegin, PCollection<Manifest>> {

  private static final long serialVersionUID = 1L;

  private final DatasetRequest request;

  DatasetShards(DatasetRequest request) {
    this.request = request;
  }

  @Override
  public PCollection<Manifest> expand(PBegin begin) {
    PCollectionTuple listed =
        begin
            .apply("Begin", Create.of(0))
            .apply(
                "List",
                ParDo.of(new ListImages(request))
                    .withOutputTags(ListImages.IMAGES, TupleTagList.of(ListImages.FINDINGS)));
    PCollection<Finding> known =
        listed.get(ListImages.FINDINGS).setCoder(new JsonCoder<>(Finding.class));
    PCollection<Finding> judged =
        listed
            .get(ListImages.IMAGES)
            .setCoder(new JsonCoder<>(ListImages.Lot.class))
            .apply("Spread images", Reshuffle.viaRandomKey())
            .apply("Judge", ParDo.of(new JudgeImages(request)))
            .setCoder(new JsonCoder<>(Finding.class));
    PCollectionTuple planned =
        PCollectionList.of(known)
            .and(judged)
            .apply("All findings", Flatten.pCollections())
            .apply("Gather findings", new Gather<>(Finding.class))
            .apply(
                "Plan",
                ParDo.of(new PlanShards(request))
                    .withOutputTags(PlanShards.TASKS, TupleTagList.of(PlanShards.MANIFEST)));
    PCollectionView<Manifest> manifest =
        planned
            .get(PlanShards.MANIFEST)
            .setCoder(new JsonCoder<>(Manifest.class))
            .apply("Manifest", View.asSingleton());
    return planned
        .get(PlanShards.TASKS)
        .setCoder(new JsonCoder<>(PlanShards.Task.class))
        .apply("Spread shards", Reshuffle.viaRandomKey())
        .apply("Write", ParDo.of(new WriteShards(request)))
        .setCoder(new JsonCoder<>(WriteShards.Written.class))
        .apply("Gather shards", new Gather<>(WriteShards.Written.class))
        .apply("Publish", ParDo.of(new Publish(request, manifest)).withSideInputs(manifest))
        .setCoder(new JsonCoder<>(Manifest.class));
  }

  /** Brings everything to one machine. */
  private static final class Gather<T>
      extends PTransform<PCollection<T>, PCollection<KV<Integer, Iterable<T>>>> {

    private static final long serialVersionUID = 1L;

    private final Class<T> type;

    Gather(Class<T> type) {
      this.type = type;
    }

    @Override
    public PCollection<KV<Integer, Iterable<T>>> expand(PCollection<T> scattered) {
      return scattered
          .apply(WithKeys.of(0))
          .setCoder(KvCoder.of(VarIntCoder.of(), new JsonCoder<>(type)))
          .apply(GroupByKey.create());
    }
  }
}
