package dev.trainyard.trainer.imports;

import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Follows the paths that the loader gives, from the graph into functions, to the operations that
 * read: they must read from these and no others.
 */
final class GivenPaths {

  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");
  private static final int DEEPEST_CALL = 32;

  private final Reach reach;
  private final String graphName;
  private final String reader;
  private final int input;
  private final Predicate<String> given;
  private final String why;
  private final Consumer<Finding> findings;
  private final Set<String> seen = new HashSet<>();

  /**
   * @param reader the operation that reads
   * @param input which of its inputs is the path
   * @param given whether a tensor of the graph is a path that the loader gives
   * @param why another one is refused
   */
  GivenPaths(
      Reach reach,
      String graphName,
      String reader,
      int input,
      Predicate<String> given,
      String why,
      Consumer<Finding> findings) {
    this.reach = reach;
    this.graphName = graphName;
    this.reader = reader;
    this.input = input;
    this.given = given;
    this.why = why;
    this.findings = findings;
  }

  /**
   * @param run what is run while the loader gives them
   */
  void check(Reach.Run run) {
    run.nodes().stream()
        .map(reach.nodes()::get)
        .forEach(node -> check(node, graphName, reach.nodes(), given, 0));
  }

  private void check(
      NodeDef node,
      String where,
      Map<String, NodeDef> siblings,
      Predicate<String> given,
      int depth) {
    if (node.getOp().equals(reader)
        && !(node.getInputCount() > input && isGiven(node.getInput(input), siblings, given))) {
      findings.accept(new Finding(reader, node.getName(), where, why));
    }
    for (String name : Reach.called(node)) {
      FunctionDef function = reach.functions().get(name);
      if (function != null) {
        enter(function, arguments(node, function, siblings, given), where, depth + 1);
      }
    }
  }

  private void enter(FunctionDef function, Set<String> arguments, String caller, int depth) {
    String name = function.getSignature().getName();
    if (!seen.add(name + arguments)) {
      return;
    }
    if (depth > DEEPEST_CALL) {
      findings.accept(new Finding(name, name, caller, "is called too deep to look at"));
      return;
    }
    Map<String, NodeDef> body = new HashMap<>();
    function.getNodeDefList().forEach(node -> body.put(node.getName(), node));
    String where = graphName + ", function " + name;
    body.values().forEach(node -> check(node, where, body, arguments::contains, depth));
  }

  /** The function's arguments that are such paths; of plain calls only. */
  private static Set<String> arguments(
      NodeDef call, FunctionDef function, Map<String, NodeDef> siblings, Predicate<String> given) {
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

  private static boolean isGiven(
      String input, Map<String, NodeDef> siblings, Predicate<String> given) {
    String name = input;
    for (int hop = 0; hop < DEEPEST_CALL && !name.startsWith("^"); hop++) {
      if (given.test(name)) {
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
