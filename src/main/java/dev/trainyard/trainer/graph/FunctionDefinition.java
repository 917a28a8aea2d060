package dev.trainyard.trainer.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Output;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Turns a graph into a function. The two differ in how a node names its inputs: a graph says {@code
 * node:index}, a function {@code node:outputName:indexInThatOutput}, or the bare name of an
 * argument.
 */
final class FunctionDefinition {

  private final GraphDef graph;
  private final FunctionBody body;
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, String> arguments = new HashMap<>();

  FunctionDefinition(GraphDef graph, FunctionBody body) {
    this.graph = graph;
    this.body = body;
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    for (int i = 0; i < body.arguments().size(); i++) {
      arguments.put(body.arguments().get(i).op().name(), "argument" + i);
    }
  }

  FunctionDef named(String name) {
    OpDef.Builder signature = OpDef.newBuilder().setName(name);
    FunctionDef.Builder function = FunctionDef.newBuilder();
    for (Output<?> argument : body.arguments()) {
      signature.addInputArg(
          OpDef.ArgDef.newBuilder()
              .setName("argument" + signature.getInputArgCount())
              .setType(argument.dataType()));
    }
    for (NodeDef node : graph.getNodeList()) {
      if (!arguments.containsKey(node.getName())) {
        NodeDef.Builder renamed = node.toBuilder().clearInput();
        node.getInputList().forEach(input -> renamed.addInput(reference(input)));
        function.addNodeDef(renamed);
        if (RegisteredOps.named(node.getOp()).getIsStateful()) {
          signature.setIsStateful(true);
        }
      }
    }
    List<Output<?>> results = body.results();
    for (int i = 0; i < results.size(); i++) {
      Output<?> result = results.get(i);
      signature.addOutputArg(
          OpDef.ArgDef.newBuilder().setName("result" + i).setType(result.dataType()));
      function.putRet("result" + i, reference(result.op().name() + ":" + result.index()));
    }
    return function.setSignature(signature).build();
  }

  private String reference(String input) {
    if (input.startsWith("^")) {
      return input;
    }
    int colon = input.lastIndexOf(':');
    String node = colon < 0 ? input : input.substring(0, colon);
    int index = colon < 0 ? 0 : Integer.parseInt(input.substring(colon + 1));
    String argument = arguments.get(node);
    return argument != null ? argument : outputReference(node, index);
  }

  private String outputReference(String name, int index) {
    NodeDef node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException("No node " + name + " in the function's graph");
    }
    int before = 0;
    for (OpDef.ArgDef output : RegisteredOps.named(node.getOp()).getOutputArgList()) {
      int length = length(output, node);
      if (index < before + length) {
        return name + ":" + output.getName() + ":" + (index - before);
      }
      before += length;
    }
    throw new IllegalStateException("Node " + name + " has no output " + index);
  }

  /** How many tensors a named output stands for; some are lists, as long as an attribute says. */
  private static int length(OpDef.ArgDef output, NodeDef node) {
    if (!output.getNumberAttr().isEmpty()) {
      return (int) node.getAttrOrThrow(output.getNumberAttr()).getI();
    }
    if (!output.getTypeListAttr().isEmpty()) {
      return node.getAttrOrThrow(output.getTypeListAttr()).getList().getTypeCount();
    }
    return 1;
  }
}
