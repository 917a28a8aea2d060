package dev.trainyard.trainer.export;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.trainer.graph.GraphFunction;
import dev.trainyard.trainer.graph.Saver;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.input.image.ImageDecoding;
import dev.trainyard.trainer.network.Networks;
import dev.trainyard.trainer.network.layer.Pass;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * The graph of a SavedModel: encoded images in, classes out, nothing of training.
 *
 * @param assetPath a scalar that holds the labels file's name; whoever loads the model feeds its
 *     full path instead
 */
record InferenceGraph(Variables variables, List<Signature> signatures, Operand<TString> assetPath) {

  static final String IMAGES = "image_bytes";
  static final String CLASS = "class";
  static final String CLASS_ID = "classid";
  static final String PROBABILITIES = "probabilities";

  private static final String METHOD = "tensorflow/serving/predict";

  static InferenceGraph in(Graph graph, TrainingPlan plan, String labelsFile) {
    JobSpec spec = plan.spec();
    List<String> labels = plan.data().labels();
    Ops ops = Ops.create(graph);
    Variables variables = new Variables(graph);
    Placeholder<TString> encoded =
        ops.withName(IMAGES).placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    ImageDecoding decoding = ImageDecoding.of(spec.input());
    Operand<TFloat32> images = decoded(graph, ops, decoding, encoded);

    Pass pass = Pass.inference(ops, variables, spec.training().seed());
    Operand<TFloat32> logits = Networks.of(spec.model(), labels.size()).logits(pass, images);
    Operand<TFloat32> probabilities = ops.withName(PROBABILITIES).nn.softmax(logits);
    Operand<TInt32> classId =
        ops.withName(CLASS_ID).math.argMax(logits, ops.constant(1), TInt32.class);
    Operand<TString> names = ops.array(labels.toArray(String[]::new));
    Operand<TString> className = ops.withName(CLASS).gather(names, classId, ops.constant(0));
    Operand<TString> assetPath = ops.withName("labels_file").constant(labelsFile);
    Saver.add(ops, variables.saved());

    List<Signature> signatures =
        List.of(Signature.DEFAULT_KEY, "classes").stream()
            .map(
                key ->
                    Signature.builder(key)
                        .methodName(METHOD)
                        .input(IMAGES, encoded)
                        .output(CLASS, className)
                        .output(CLASS_ID, classId)
                        .output(PROBABILITIES, probabilities)
                        .build())
            .toList();
    return new InferenceGraph(variables, signatures, assetPath);
  }

  /** Decodes and resizes a batch of images that need not be of the same size. */
  private static Operand<TFloat32> decoded(
      Graph graph, Ops ops, ImageDecoding decoding, Operand<TString> encoded) {
    AttrValue one =
        GraphFunction.define(
            graph,
            "decode_image",
            body -> body.result(decoding.apply(body.ops(), body.argument(TString.class))));
    Output<?>[] images =
        ops.scope()
            .opBuilder("MapDefun", "decode_images")
            .addInputList(new Output<?>[] {encoded.asOutput()})
            .addInputList(new Output<?>[0])
            .setAttr("output_types", new DataType[] {DataType.DT_FLOAT})
            .setAttr(
                "output_shapes", new Shape[] {Shape.of(decoding.height(), decoding.width(), 3)})
            .setAttr("f", one)
            .build()
            .outputList(0, 1);
    return images[0].expect(TFloat32.class);
  }
}
