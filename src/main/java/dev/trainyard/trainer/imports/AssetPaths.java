package dev.trainyard.trainer.imports;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;

/**
 * Tensors of a graph in whose place the loader puts the path of an asset, and what is read from a
 * variable that holds nothing else: Python writes them so.
 */
final class AssetPaths implements Predicate<String> {

  private static final String VARIABLE = "VarHandleOp";
  private static final Set<SavedObject.KindCase> CAPTURES =
      Set.of(SavedObject.KindCase.ASSET, SavedObject.KindCase.RESOURCE);

  private final MetaGraphDef metaGraph;
  private final Reach reach;
  private final Set<String> assets;
  private final Map<String, Boolean> variables = new HashMap<>();

  AssetPaths(MetaGraphDef metaGraph, Reach reach) {
    this.metaGraph = metaGraph;
    this.reach = reach;
    this.assets =
        assets(metaGraph).stream()
            .map(asset -> asset.getTensorInfo().getName())
            .collect(Collectors.toSet());
  }

  /** Where the loader finds them: of TensorFlow 1 they are in a collection. */
  static List<AssetFileDef> assets(MetaGraphDef metaGraph) {
    if (metaGraph.getAssetFileDefCount() > 0) {
      return metaGraph.getAssetFileDefList();
    }
    return metaGraph
        .getCollectionDefOrDefault("saved_model_assets", CollectionDef.getDefaultInstance())
        .getAnyList()
        .getValueList()
        .stream()
        .map(AssetPaths::asset)
        .toList();
  }

  private static AssetFileDef asset(Any any) {
    try {
      return any.unpack(AssetFileDef.class);
    } catch (InvalidProtocolBufferException e) {
      return AssetFileDef.getDefaultInstance(); // with a name that no file has
    }
  }

  @Override
  public boolean test(String tensor) {
    if (assets.contains(Reach.tensorOf(tensor))) {
      return true;
    }
    NodeDef read = reach.nodes().get(Reach.nodeOf(tensor));
    return read != null
        && read.getOp().equals("ReadVariableOp")
        && read.getInputCount() > 0
        && variables.computeIfAbsent(Reach.nodeOf(read.getInput(0)), this::holdsAsset);
  }

  /** Nothing but an asset's path is ever assigned to it, and nobody else has a hold of it. */
  private boolean holdsAsset(String name) {
    NodeDef variable = reach.nodes().get(name);
    return variable != null
        && variable.getOp().equals(VARIABLE)
        && reach.nodes().values().stream()
            .allMatch(
                node ->
                    node.getName().equals(name)
                        || !isNamesake(node, variable) && isSafe(node, name))
        && reach.functions().values().stream()
            .map(FunctionDef::getNodeDefList)
            .flatMap(List::stream)
            .noneMatch(
                node ->
                    node.getOp().equals(VARIABLE)
                        && (text(node, "shared_name").isEmpty() || isNamesake(node, variable)));
  }

  private static boolean isNamesake(NodeDef node, NodeDef variable) {
    return node.getOp().equals(VARIABLE) && resource(node).equals(resource(variable));
  }

  private boolean isSafe(NodeDef node, String variable) {
    long uses =
        node.getInputList().stream()
            .filter(it -> !it.startsWith("^") && Reach.nodeOf(it).equals(variable))
            .count();
    return switch (node.getOp()) {
      case "ReadVariableOp", "VarIsInitializedOp" -> true;
      case "AssignVariableOp" ->
          uses == 0
              || uses == 1
                  && Reach.nodeOf(node.getInput(0)).equals(variable)
                  && assets.contains(Reach.tensorOf(node.getInput(1)));
      default -> uses == 0;
    };
  }

  private static String resource(NodeDef variable) {
    String shared = text(variable, "shared_name");
    return shared.isEmpty() ? variable.getName() : shared;
  }

  private static String text(NodeDef node, String attribute) {
    return node.containsAttr(attribute) ? node.getAttrOrThrow(attribute).getS().toStringUtf8() : "";
  }

  /**
   * Python calls functions by themselves, with values that the graph of objects names.
   *
   * @return whether this function gets nothing but assets and tables so
   */
  boolean areAllThatIsBoundTo(String function) {
    SavedObjectGraph objects = metaGraph.getObjectGraphDef();
    return objects
        .getConcreteFunctionsOrDefault(function, SavedConcreteFunction.getDefaultInstance())
        .getBoundInputsList()
        .stream()
        .allMatch(
            it ->
                it >= 0
                    && it < objects.getNodesCount()
                    && CAPTURES.contains(objects.getNodes(it).getKindCase()));
  }
}
