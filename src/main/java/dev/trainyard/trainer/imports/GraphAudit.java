package dev.trainyard.trainer.imports;

import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Looks at every node of a meta graph and of all its functions, whether anything leads to them or
 * not.
 */
final class GraphAudit {

  /** More are not told: the first ones say enough. */
  static final int MOST_FINDINGS = 20;

  private static final int DEEPEST_ATTRIBUTE = 32;

  private static final Set<DataType> OBJECTS = Set.of(DataType.DT_VARIANT, DataType.DT_RESOURCE);
  private static final String OBJECT = "has a value that is no number, text or truth value";

  /** What makes tensors out of bytes, and its attribute that says of which types. */
  private static final Map<String, String> TYPES_READ =
      Map.of("ParseTensor", "out_type", "RestoreV2", "dtypes");

  private static final AttrValue PLAIN = AttrValue.getDefaultInstance();
  static final Set<String> VARIABLES = Set.of("VarHandleOp", "Variable", "VariableV2");

  private final MetaGraphDef metaGraph;
  private final String graphName;
  private final Set<String> allowed;
  private final Predicate<String> registered;
  private final Set<String> functions = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param index of the meta graph in its SavedModel
   * @param registered whether TensorFlow has an operation of that name
   */
  GraphAudit(MetaGraphDef metaGraph, int index, Set<String> allowed, Predicate<String> registered) {
    this.metaGraph = metaGraph;
    this.graphName = "meta graph " + index;
    this.allowed = allowed;
    this.registered = registered;
  }

  List<Finding> run() {
    List<FunctionDef> library = metaGraph.getGraphDef().getLibrary().getFunctionList();
    for (FunctionDef function : library) {
      String name = function.getSignature().getName();
      // One of the name of an operation could pass for it.
      if (registered.test(name) || !functions.add(name)) {
        add(name, name, graphName, "is a function with the name of an operation or of another one");
      }
    }
    metaGraph.getGraphDef().getNodeList().forEach(node -> look(node, graphName));
    for (FunctionDef function : library) {
      String where = graphName + ", function " + function.getSignature().getName();
      function.getNodeDefList().forEach(node -> look(node, where));
      function
          .getAttrMap()
          .values()
          .forEach(value -> look(value, function.getSignature().getName(), "function", where, 0));
    }
    Reach reach = new Reach(metaGraph.getGraphDef());
    Entrances entrances = Entrances.of(metaGraph, reach);
    findings.addAll(new FileCheck(metaGraph, graphName, reach, entrances).run());
    unrestored(reach, entrances);
    return findings;
  }

  private void look(NodeDef node, String where) {
    String operation = node.getOp();
    boolean call = functions.contains(operation);
    if (!call && !allowed.contains(operation) && !FileCheck.OPERATIONS.contains(operation)) {
      add(
          operation,
          node.getName(),
          where,
          registered.test(operation)
              ? "is not among the operations that imported models may have"
              : "is an operation that TensorFlow does not know");
    }
    node.getAttrMap().values().forEach(value -> look(value, operation, node.getName(), where, 0));
    if (TYPES_READ.containsKey(operation)
        && !isPlain(node.getAttrOrDefault(TYPES_READ.get(operation), PLAIN))) {
      add(operation, node.getName(), where, OBJECT);
    }
  }

  private static boolean isPlain(AttrValue types) {
    return !types.hasPlaceholder()
        && !OBJECTS.contains(types.getType())
        && types.getList().getTypeList().stream().noneMatch(OBJECTS::contains);
  }

  private void look(AttrValue value, String operation, String node, String where, int depth) {
    if (depth > DEEPEST_ATTRIBUTE) {
      add(operation, node, where, "has attributes in attributes, too deep to look at");
      return;
    }
    if (value.hasFunc()) {
      look(value.getFunc(), operation, node, where, depth);
    }
    for (NameAttrList function : value.getList().getFuncList()) {
      look(function, operation, node, where, depth);
    }
    if (value.hasTensor()) {
      look(value.getTensor(), operation, node, where);
    }
    value.getList().getTensorList().forEach(tensor -> look(tensor, operation, node, where));
  }

  private void look(NameAttrList function, String operation, String node, String where, int depth) {
    if (!functions.contains(function.getName())) {
      add(
          operation,
          node,
          where,
          "calls '" + function.getName() + "', which is no function of the graph");
    }
    function.getAttrMap().values().forEach(value -> look(value, operation, node, where, depth + 1));
  }

  /** Objects in constants, which TensorFlow would bring to life. */
  private void look(TensorProto tensor, String operation, String node, String where) {
    if (OBJECTS.contains(tensor.getDtype())
        || tensor.getVariantValCount() > 0
        || tensor.getResourceHandleValCount() > 0) {
      add(operation, node, where, OBJECT);
    }
  }

  /**
   * Variables that a signature reads and loading leaves empty. Python reads a second copy of them
   * out of the checkpoint by other means; TensorFlow Serving could not.
   */
  private void unrestored(Reach reach, Entrances entrances) {
    for (NodeDef node : reach.nodes().values()) {
      String name = node.getName();
      if (VARIABLES.contains(node.getOp())
          && entrances.served().nodes().contains(name)
          && !entrances.restored().nodes().contains(name)
          && !entrances.initialized().nodes().contains(name)) {
        add(
            node.getOp(),
            name,
            graphName,
            "is a variable that a signature reads and nothing restores; of Keras 3 models"
                + " tf.saved_model.save writes such, model.export and keras.export.ExportArchive do"
                + " not");
      }
    }
  }

  private void add(String operation, String node, String where, String why) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new Finding(operation, node, where, why));
    }
  }
}
