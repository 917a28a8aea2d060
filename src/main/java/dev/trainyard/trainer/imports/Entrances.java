package dev.trainyard.trainer.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * What runs of a meta graph, and when.
 *
 * @param served when somebody uses the model
 * @param initialized when the loader fills tables; it gives the paths of assets meanwhile
 * @param restored when the loader restores variables; it gives their path meanwhile
 * @param saved by nobody
 */
record Entrances(Reach.Run served, Reach.Run initialized, Reach.Run restored, Reach.Run saved) {

  private static final String INITIALIZATION = "__saved_model_init_op";
  private static final Set<String> INITIALIZERS =
      Set.of("saved_model_main_op", "legacy_init_op", "table_initializer");

  /** Run by name, by those who train on. */
  private static final String TRAINING = "saved_model_train_op";

  static Entrances of(MetaGraphDef metaGraph, Reach reach) {
    List<String> served = new ArrayList<>();
    List<String> initialized = new ArrayList<>();
    metaGraph
        .getSignatureDefMap()
        .forEach(
            (name, signature) ->
                tensors(signature, name.equals(INITIALIZATION) ? initialized : served));
    for (Map.Entry<String, CollectionDef> collection : metaGraph.getCollectionDefMap().entrySet()) {
      Collection<String> nodes = collection.getValue().getNodeList().getValueList();
      if (INITIALIZERS.contains(collection.getKey())) {
        initialized.addAll(nodes);
      } else if (collection.getKey().equals(TRAINING)) {
        served.addAll(nodes);
      }
    }
    Reach.Run uses = reach.of(served);
    uses.functions().addAll(reach.from(replacements(reach)));
    return new Entrances(
        uses,
        reach.of(initialized),
        reach.of(given(metaGraph.getSaverDef().getRestoreOpName())),
        reach.of(given(metaGraph.getSaverDef().getSaveTensorName())));
  }

  /** Functions that the optimizer may put in place of others of the same interface. */
  private static List<String> replacements(Reach reach) {
    return reach.functions().entrySet().stream()
        .filter(
            function ->
                function.getValue().getAttrMap().keySet().stream()
                    .anyMatch(attribute -> attribute.contains("implements")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> given(String tensor) {
    return tensor.isEmpty() ? List.of() : List.of(tensor);
  }

  private static void tensors(SignatureDef signature, List<String> into) {
    // Inputs too: what is not fed is computed.
    signature.getInputsMap().values().forEach(info -> tensors(info, into));
    signature.getOutputsMap().values().forEach(info -> tensors(info, into));
  }

  private static void tensors(TensorInfo info, List<String> into) {
    into.add(info.getName());
    into.add(info.getCooSparse().getValuesTensorName());
    into.add(info.getCooSparse().getIndicesTensorName());
    into.add(info.getCooSparse().getDenseShapeTensorName());
    info.getCompositeTensor().getComponentsList().forEach(part -> tensors(part, into));
  }
}
