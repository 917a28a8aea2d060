package dev.trainyard.trainer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

class GraphOutlineTest {

  @Test
  void large_constants_keep_their_shape_and_small_ones_their_value() {
    GraphDef whole;
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      float[] large = new float[1_000_000];
      large[5] = 7;
      ops.withName("large").constant(large);
      ops.withName("small").constant(42);
      whole = graph.toGraphDef();
    }

    GraphDef outline = GraphOutline.of(whole);

    assertThat(whole.getSerializedSize()).isGreaterThan(4_000_000);
    assertThat(outline.getSerializedSize()).isLessThan(1_000);
    assertThat(value(outline, "large").getTensorShape().getDim(0).getSize()).isEqualTo(1_000_000);
    assertThat(value(outline, "small")).isEqualTo(value(whole, "small"));
    try (Graph imported = new Graph()) {
      imported.importGraphDef(outline);
      assertThat(imported.operation("large").output(0).shape().size()).isEqualTo(1_000_000);
    }
  }

  private static TensorProto value(GraphDef graph, String name) {
    return graph.getNodeList().stream()
        .filter(node -> node.getName().equals(name))
        .map(NodeDef::getAttrMap)
        .findFirst()
        .orElseThrow()
        .get("value")
        .getTensor();
  }
}
