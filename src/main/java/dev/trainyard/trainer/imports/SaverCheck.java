package dev.trainyard.trainer.imports;

import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * Where operations stand that read and write checkpoints. The loader runs the saver's restore
 * operation and gives it the path of the model's own variables; nobody ever runs its save
 * operation. So reading is let in where it belongs to the one and takes its path from the loader,
 * writing where it belongs to the other; and neither where a signature or an initialization leads.
 */
final class SaverCheck {

  /** What is run by name besides signatures: at loading, or by those who train on. */
  private static final Set<String> INITIALIZERS =
      Set.of("saved_model_main_op", "legacy_init_op", "saved_model_train_op", "table_initializer");

  private static final String READ = "RestoreV2";
  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");
  private static final int DEEPEST_CALL = 32;

  private final MetaGraphDef metaGraph;
  private final String graphName;
  private final Reach reach;
  private final List<Finding> findings = new ArrayList<>();

  SaverCheck(MetaGraphDef metaGraph, String graphName) {
    this.metaGraph = metaGraph;
    this.graphName = graphName;
    this.reach = new Reach(metaGraph.getGraphDef());
  }

  List<Finding> run() {
    SaverDef saver = metaGraph.getSaverDef();
    Reach.Run served = reach.of(roots());
    served.functions().addAll(reach.from(replacements()));
    Reach.Run restored = of(saver.getRestoreOpName());
    Reach.Run saved = of(saver.getSaveTensorName());
    for (NodeDef node : reach.nodes().values()) {
      String name = node.getName();
      look(
          node,
          graphName,
          served.nodes().contains(name),
          restored.nodes().contains(name),
          saved.nodes().contains(name));
    }
    for (Map.Entry<String, FunctionDef> function : reach.functions().entrySet()) {
      String name = function.getKey();
      for (NodeDef node : function.getValue().getNodeDefList()) {
        look(
            node,
            graphName + ", function " + name,
            served.functions().contains(name),
            restored.functions().contains(name),
            saved.functions().contains(name));
      }
    }
    Paths paths = new Paths(Reach.tensorOf(saver.getFilenameTensorName()));
    for (NodeDef node : reach.nodes().values()) {
      if (restored.nodes().contains(node.getName())) {
        paths.check(node);
      }
    }
    return findings;
  }

  /** Functions that the optimizer may put in place of others of the same interface. */
  private List<String> replacements() {
    return reach.functions().entrySet().stream()
        .filter(
            function ->
                function.getValue().getAttrMap().keySet().stream()
                    .anyMatch(attribute -> attribute.contains("implements")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Reach.Run of(String tensor) {
    return reach.of(tensor.isEmpty() ? List.of() : List.of(tensor));
  }

  private void look(NodeDef node, String where, boolean served, boolean restored, boolean saved) {
    if (!AllowedOperations.OF_SAVERS.contains(node.getOp())) {
      return;
    }
    boolean reads = node.getOp().equals(READ);
    if (served) {
      add(node, where, "is run by a signature or an initialization, which must not touch files");
    } else if (restored && !reads) {
      add(node, where, "is run when variables are restored, and writes");
    } else if (reads ? !restored : !saved) {
      add(node, where, "does not belong to the model's saver, and reads or writes a file");
    }
  }

  /** The tensors that are asked for when somebody uses the model. */
  private List<String> roots() {
    List<String> roots = new ArrayList<>();
    for (SignatureDef signature : metaGraph.getSignatureDefMap().values()) {
      // Inputs too: what is not fed is computed.
      signature.getInputsMap().values().forEach(info -> tensors(info, roots));
      signature.getOutputsMap().values().forEach(info -> tensors(info, roots));
    }
    for (Map.Entry<String, CollectionDef> collection : metaGraph.getCollectionDefMap().entrySet()) {
      if (INITIALIZERS.contains(collection.getKey())) {
        roots.addAll(collection.getValue().getNodeList().getValueList());
      }
    }
    return roots;
  }

  private static void tensors(TensorInfo info, List<String> into) {
    into.add(info.getName());
    into.add(info.getCooSparse().getValuesTensorName());
    into.add(info.getCooSparse().getIndicesTensorName());
    into.add(info.getCooSparse().getDenseShapeTensorName());
    info.getCompositeTensor().getComponentsList().forEach(part -> tensors(part, into));
  }

  private void add(NodeDef node, String where, String why) {
    if (findings.size() < GraphAudit.MOST_FINDINGS) {
      findings.add(new Finding(node.getOp(), node.getName(), where, why));
    }
  }

  /** Follows the path that the loader gives, from the graph into functions. */
  private final class Paths {

    private final String filename;
    private final Set<String> seen = new HashSet<>();

    /**
     * @param filename the tensor in whose place the loader puts the path; empty for none
     */
    Paths(String filename) {
      this.filename = filename;
    }

    void check(NodeDef node) {
      check(node, graphName, reach.nodes(), Set.of(), 0);
    }

    private void check(
        NodeDef node, String where, Map<String, NodeDef> siblings, Set<String> given, int depth) {
      if (node.getOp().equals(READ)
          && !(node.getInputCount() > 0 && isGiven(node.getInput(0), siblings, given))) {
        add(node, where, "reads another file than the model's variables");
      }
      for (String name : Reach.called(node)) {
        FunctionDef function = reach.functions().get(name);
        if (function != null) {
          enter(function, arguments(node, function, siblings, given), where, depth + 1);
        }
      }
    }

    private void enter(FunctionDef function, Set<String> given, String caller, int depth) {
      String name = function.getSignature().getName();
      if (!seen.add(name + given)) {
        return;
      }
      if (depth > DEEPEST_CALL) {
        findings.add(new Finding(name, name, caller, "is called too deep to look at"));
        return;
      }
      Map<String, NodeDef> body = new HashMap<>();
      function.getNodeDefList().forEach(node -> body.put(node.getName(), node));
      body.values()
          .forEach(node -> check(node, graphName + ", function " + name, body, given, depth));
    }

    /** The function's arguments that are the loader's path; of plain calls only. */
    private Set<String> arguments(
        NodeDef call, FunctionDef function, Map<String, NodeDef> siblings, Set<String> given) {
      List<OpDef.ArgDef> parameters = function.getSignature().getInputArgList();
      boolean plain =
          (CALLS.contains(call.getOp()) || call.getOp().equals(function.getSignature().getName()))
              && parameters.stream()
                  .allMatch(it -> it.getNumberAttr().isEmpty() && it.getTypeListAttr().isEmpty());
      Set<String> names = new TreeSet<>();
      for (int i = 0; plain && i < parameters.size() && i < call.getInputCount(); i++) {
        if (isGiven(call.getInput(i), siblings, given)) {
          names.add(parameters.get(i).getName());
        }
      }
      return names;
    }

    private boolean isGiven(String input, Map<String, NodeDef> siblings, Set<String> given) {
      String name = input;
      for (int hop = 0; hop < DEEPEST_CALL && !name.startsWith("^"); hop++) {
        // The tensor, not the node: of a node with several outputs the loader replaces just one.
        if (siblings == reach.nodes()
            ? Reach.tensorOf(name).equals(filename)
            : given.contains(name)) {
          return true;
        }
        NodeDef from = siblings.get(Reach.nodeOf(name));
        if (from == null || !from.getOp().equals("Identity") || from.getInputCount() == 0) {
          return false;
        }
        name = from.getInput(0);
      }
      return false;
    }
  }
}
