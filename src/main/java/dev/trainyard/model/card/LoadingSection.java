package dev.trainyard.model.card;

import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.tensor.ClassScores;
import dev.trainyard.model.tensor.Signatures;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;

/** How to use it, in commands that can be copied. Names are plain by construction. */
final class LoadingSection {

  private final Markdown card;
  private final ModelVersionView version;
  private final String service;

  LoadingSection(Markdown card, ModelVersionView version, String service) {
    this.card = card;
    this.version = version;
    this.service = service;
  }

  void write() {
    card.heading(2, "How to load it");
    boolean images = takesImages();
    if (images) {
      askOfImages();
    } else {
      askOfTensors();
    }
    card.block("Download it into the layout of TensorFlow Serving:");
    card.code(
        "sh",
        fill(
            """
            curl -OJ '@SERVICE@/api/v1/models/@NAME@/versions/@VERSION@/download?format=zip'
            mkdir -p models/@NAME@ && unzip -d models/@NAME@ @NAME@-@VERSION@.zip
            """));
    card.block("TensorFlow Serving:");
    card.code(
        "sh",
        fill(
            """
            docker run -p 8501:8501 -v "$PWD/models:/models" -e MODEL_NAME=@NAME@ tensorflow/serving
            """));
    if (images) {
      programsOfImages();
    } else {
      programOfTensors();
    }
  }

  /** As the models do that are trained here. */
  private boolean takesImages() {
    SignatureInfo signature = version.signatures().get(Signatures.DEFAULT);
    return signature != null && ClassScores.areGivenBy(signature);
  }

  private void askOfImages() {
    card.block("Ask this service:");
    card.code(
        "sh",
        fill(
            """
            curl @SERVICE@/v1/models/@NAME@/versions/@VERSION@:predict \\
              -d "{\\"instances\\": [{\\"image_bytes\\": {\\"b64\\": \\"$(base64 < image.jpg | tr -d '\\n')\\"}}]}"
            """));
  }

  private void askOfTensors() {
    card.block("Ask this service what it takes, then for its outputs at `:predict`:");
    card.code("sh", fill("curl @SERVICE@/v1/models/@NAME@/versions/@VERSION@/metadata"));
  }

  private void programsOfImages() {
    card.block("Python:");
    card.code(
        "python",
        fill(
            """
            import tensorflow as tf

            model = tf.saved_model.load("models/@NAME@/@VERSION@")
            classify = model.signatures["serving_default"]
            print(classify(image_bytes=tf.constant([open("image.jpg", "rb").read()])))
            """));
    card.block("Java, with `org.tensorflow:tensorflow-core-platform:1.1.0`:");
    card.code(
        "java",
        fill(
            """
            NdArray<byte[]> images = NdArrays.ofObjects(byte[].class, Shape.of(1));
            images.setObject(Files.readAllBytes(Path.of("image.jpg")), 0);
            try (SavedModelBundle model = SavedModelBundle.load("models/@NAME@/@VERSION@");
                TString input = TString.tensorOfBytes(images);
                Result result = model.function("serving_default").call(Map.of("image_bytes", input))) {
              System.out.println(((TString) result.get("class").get()).getObject(0));
            }
            """));
  }

  private void programOfTensors() {
    card.block("Python:");
    card.code(
        "python",
        fill(
            """
            import tensorflow as tf

            model = tf.saved_model.load("models/@NAME@/@VERSION@")
            print(model.signatures["serving_default"].structured_input_signature)
            """));
  }

  private String fill(String lines) {
    return lines
        .replace("@SERVICE@", service)
        .replace("@VERSION@", Integer.toString(version.version()))
        .replace("@NAME@", version.name());
  }
}
