package dev.trainyard.trainer.export;

import com.google.protobuf.Any;
import dev.trainyard.trainer.graph.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.VariableDef;

/**
 * What TensorFlow Java's exporter leaves out of a SavedModel: the labels as an asset, the
 * collection by which Python finds the variables, and the version.
 */
record SavedModelExtras(InferenceGraph graph) {

  static final String LABELS = "labels.txt";

  void addTo(Path folder, List<String> labels) throws IOException {
    Path assets = Files.createDirectories(folder.resolve("assets"));
    Files.writeString(
        assets.resolve(LABELS), String.join("\n", labels) + "\n", StandardCharsets.UTF_8);

    Path file = folder.resolve("saved_model.pb");
    SavedModel.Builder model;
    try (InputStream in = Files.newInputStream(file)) {
      model = SavedModel.parseFrom(in).toBuilder();
    }
    MetaGraphDef.Builder metaGraph = model.getMetaGraphsBuilder(0);
    metaGraph.getMetaInfoDefBuilder().setTensorflowVersion(TensorFlow.version());
    addLabels(metaGraph);
    addVariables(metaGraph);
    Files.write(file, model.build().toByteArray());
  }

  private void addLabels(MetaGraphDef.Builder metaGraph) {
    String tensor = tensor(graph.assetPath().op().name());
    AssetFileDef asset =
        AssetFileDef.newBuilder()
            .setTensorInfo(TensorInfo.newBuilder().setName(tensor))
            .setFilename(LABELS)
            .build();
    metaGraph.addAssetFileDef(asset);
    // Readers older than that field look in these two collections.
    metaGraph.putCollectionDef(
        "saved_model_assets",
        CollectionDef.newBuilder()
            .setAnyList(CollectionDef.AnyList.newBuilder().addValue(Any.pack(asset)))
            .build());
    metaGraph.putCollectionDef(
        "asset_filepaths",
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue(tensor))
            .build());
  }

  private void addVariables(MetaGraphDef.Builder metaGraph) {
    CollectionDef.BytesList.Builder definitions = CollectionDef.BytesList.newBuilder();
    CollectionDef.BytesList.Builder trainable = CollectionDef.BytesList.newBuilder();
    for (Variable<?> variable : graph.variables().all()) {
      boolean isWeight = variable.role() == Variable.Role.WEIGHT;
      VariableDef definition =
          VariableDef.newBuilder()
              .setVariableName(tensor(variable.name()))
              .setIsResource(true)
              .setTrainable(isWeight)
              .setInitializerName(variable.initializer().op().name())
              .setInitialValueName(tensor(variable.initialValue().op().name()))
              .setSnapshotName(tensor(variable.value().op().name()))
              .build();
      definitions.addValue(definition.toByteString());
      if (isWeight) {
        trainable.addValue(definition.toByteString());
      }
    }
    metaGraph.putCollectionDef(
        "variables", CollectionDef.newBuilder().setBytesList(definitions).build());
    metaGraph.putCollectionDef(
        "trainable_variables", CollectionDef.newBuilder().setBytesList(trainable).build());
  }

  private static String tensor(String operation) {
    return operation + ":0";
  }
}
