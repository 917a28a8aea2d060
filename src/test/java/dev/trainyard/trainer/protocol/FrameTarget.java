package dev.trainyard.trainer.protocol;

import dev.trainyard.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads the frames that a predictor sends, and takes their tensors apart. */
public final class FrameTarget implements FuzzTarget {

  @Override
  public void take(byte[] bytes) throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    while (true) {
      PredictorFrame frame;
      try {
        frame = PredictorFrame.read(in, 1 << 20);
      } catch (IOException refused) {
        return;
      }
      if (frame == null) {
        return;
      }
      for (TensorData tensor : frame.tensors()) {
        if (tensor.type() == TensorType.STRING) {
          tensor.strings();
        }
        if (tensor.rows() > 0) {
          tensor.rows(0, 1);
        }
      }
      frame.writeTo(new ByteArrayOutputStream());
    }
  }
}
