package dev.trainyard.trainer.summary;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** A graph as TensorBoard draws it: every node, but no large values. */
final class GraphOutline {

  private static final int LARGEST_VALUE_BYTES = 1024;
  private static final String VALUE = "value";

  private GraphOutline() {}

  /** Empties constants of more than a kilobyte; their types and shapes stay. */
  static GraphDef of(GraphDef graph) {
    GraphDef.Builder outline = graph.toBuilder();
    for (NodeDef.Builder node : outline.getNodeBuilderList()) {
      AttrValue value = node.getAttrMap().get(VALUE);
      if (value != null
          && value.hasTensor()
          && value.getTensor().getSerializedSize() > LARGEST_VALUE_BYTES) {
        TensorProto tensor = value.getTensor();
        node.putAttr(
            VALUE,
            AttrValue.newBuilder()
                .setTensor(
                    TensorProto.newBuilder()
                        .setDtype(tensor.getDtype())
                        .setTensorShape(tensor.getTensorShape()))
                .build());
      }
    }
    return outline.build();
  }
}
