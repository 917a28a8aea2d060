package dev.trainyard.trainer.export;

import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.PredictorMessage.Predictions;
import dev.trainyard.trainer.protocol.PredictorMessage.Refused;
import dev.trainyard.trainer.protocol.PredictorMessage.Request;
import java.util.List;
import java.util.Optional;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;

/** Answers requests from a loaded model. A bad image costs its request, nothing more. */
record PredictionService(SavedModelPredictor model) {

  private static final long MOST_PIXELS = 50_000_000;

  /** Predictions, or a refusal that names the image at fault. */
  PredictorMessage answer(Request request) {
    List<byte[]> images = request.images();
    if (images.isEmpty()) {
      return new Refused(request.id(), -1, "there is no image in the request");
    }
    for (int i = 0; i < images.size(); i++) {
      Optional<String> problem = problem(images.get(i));
      if (problem.isPresent()) {
        return new Refused(request.id(), i, problem.get());
      }
    }
    try {
      return new Predictions(request.id(), model.predict(images));
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      return culprit(request, e);
    }
  }

  private static Optional<String> problem(byte[] image) {
    Optional<ImageHeader> header = ImageHeader.of(image);
    if (header.isEmpty()) {
      return Optional.of("the image is neither a JPEG nor a PNG, or its header is cut off");
    }
    return header
        .filter(size -> size.area() > MOST_PIXELS || size.width() <= 0 || size.height() <= 0)
        .map(
            size ->
                "the image has %d x %d pixels; between 1 and %d in all can be taken"
                    .formatted(size.width(), size.height(), MOST_PIXELS));
  }

  /** Tries the images one by one, because a batch fails as a whole. */
  private Refused culprit(Request request, RuntimeException failure) {
    for (int i = 0; i < request.images().size(); i++) {
      try {
        model.predict(List.of(request.images().get(i)));
      } catch (TensorFlowException | TFInvalidArgumentException e) {
        return new Refused(request.id(), i, "the image cannot be decoded: " + firstLine(e));
      }
    }
    return new Refused(request.id(), -1, "the model failed on the batch: " + firstLine(failure));
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
