package dev.trainyard.model.images;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.images.ImagePredictions.ImagePrediction;
import dev.trainyard.model.inference.Dialect;
import dev.trainyard.model.inference.Inference;
import dev.trainyard.model.inference.RequestBodies;
import dev.trainyard.model.predict.Answer;
import dev.trainyard.model.predict.Question;
import dev.trainyard.model.tensor.ClassScores;
import dev.trainyard.model.tensor.Signatures;
import dev.trainyard.model.tensor.Strings;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Has a model classify image files; one that is bad does not spoil the others. */
@Component
class ImageClassifier {

  private final Inference inference;
  private final RequestBodies bodies;

  ImageClassifier(Inference inference, RequestBodies bodies) {
    this.inference = inference;
    this.bodies = bodies;
  }

  ImagePredictions classify(String name, String version, int topK, List<MultipartFile> files)
      throws IOException {
    long length = files.stream().mapToLong(MultipartFile::getSize).sum();
    return inference.timed(
        Dialect.IMAGES,
        () ->
            bodies.hold(
                length,
                () -> {
                  List<Image> images = new ArrayList<>();
                  for (MultipartFile file : files) {
                    images.add(new Image(file.getOriginalFilename(), file.getBytes()));
                  }
                  return classify(inference.version(name, version), topK, images);
                }));
  }

  ImagePredictions classify(String name, String version, int topK, HttpServletRequest request)
      throws IOException {
    return inference.timed(
        Dialect.IMAGES,
        () ->
            bodies.read(
                request,
                body ->
                    classify(
                        inference.version(name, version), topK, List.of(new Image(null, body)))));
  }

  private ImagePredictions classify(ModelVersionView version, int topK, List<Image> images) {
    SignatureInfo signature = version.signatures().get(Signatures.DEFAULT);
    if (signature == null || !ClassScores.areGivenBy(signature)) {
      throw invalid(
          "image",
          "is not what this model takes; ask it at /v1/models/%s:predict or /v2/models/%s/infer"
              .formatted(version.name(), version.name()));
    }
    Question question =
        Question.of(
            Signatures.DEFAULT,
            signature,
            List.of(
                Strings.tensor(ClassScores.IMAGES, images.stream().map(Image::content).toList())));
    Answer answer = inference.ask(version, question);
    if (answer.bad().size() == images.size()) {
      throw Inference.bad(answer, i -> images.get(i).field(i));
    }
    ClassScores scores = ClassScores.of(version.labels(), answer.outputs());
    List<ImagePrediction> predictions = new ArrayList<>();
    int row = 0;
    for (int i = 0; i < images.size(); i++) {
      String error = answer.bad().get(i);
      predictions.add(
          new ImagePrediction(
              images.get(i).file(), error == null ? scores.best(row++, topK) : null, error));
    }
    return new ImagePredictions(version.name(), version.version(), predictions);
  }

  private record Image(@Nullable String file, byte[] content) {

    String field(int index) {
      return file == null ? "image" : "image[" + index + "] (" + file + ")";
    }
  }
}
