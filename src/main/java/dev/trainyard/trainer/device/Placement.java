package dev.trainyard.trainer.device;

import java.util.Iterator;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.global.tensorflow;

/** Puts operations on devices after they were added to a graph. */
public final class Placement {

  private Placement() {}

  /**
   * Puts every operation whose name begins with {@code prefix} on {@code device}. Gradients need
   * it: TensorFlow adds them without regard to the device of what they are the gradients of. To be
   * called before a session is opened on the graph.
   */
  public static void place(Graph graph, String prefix, DeviceSpec device) {
    try (PointerScope scope = new PointerScope()) {
      // The call locks the graph that it is given, and no other thread knows ours yet; TensorFlow
      // Java does not give its graph's handle away.
      TF_Graph locked = TF_Graph.newGraph();
      for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
        GraphOperation operation = all.next();
        if (operation.name().startsWith(prefix)) {
          tensorflow.TF_SetRequestedDevice(
              locked, operation.getUnsafeNativeHandle(), device.toString());
        }
      }
    }
  }
}
