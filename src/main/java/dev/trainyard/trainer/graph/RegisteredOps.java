package dev.trainyard.trainer.graph;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/** The definitions of the operations that this TensorFlow knows. */
final class RegisteredOps {

  private static final Map<String, OpDef> BY_NAME =
      TensorFlow.registeredOpList().getOpList().stream()
          .collect(Collectors.toUnmodifiableMap(OpDef::getName, Function.identity()));

  private RegisteredOps() {}

  static OpDef named(String name) {
    OpDef definition = BY_NAME.get(name);
    if (definition == null) {
      throw new IllegalArgumentException("TensorFlow has no operation " + name);
    }
    return definition;
  }
}
