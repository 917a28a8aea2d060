package dev.trainyard.model.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.model.tensor.ClassScores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes images for.
 *
 * @param version that was asked
 * @param predictions one for each image, in order
 */
record ImagePredictions(String model, int version, List<ImagePrediction> predictions) {

  /**
   * @param file its name; left out where the body is the image
   * @param classes the best first; left out when there is an error
   * @param error why the image cannot be used
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ImagePrediction(
      @Nullable String file, @Nullable List<ClassScores.Score> classes, @Nullable String error) {}
}
