package dev.trainyard.model.card;

import dev.trainyard.model.ModelVersionView;

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
    card.block("Ask this service:");
    card.code(
        "sh",
        fill(
            """
            curl @SERVICE@/v1/models/@NAME@/versions/@VERSION@:predict \\
              -d "{\\"instances\\": [{\\"image_bytes\\": {\\"b64\\": \\"$(base64 < image.jpg | tr -d '\\n')\\"}}]}"
            """));
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

  private String fill(String lines) {
    return lines
        .replace("@SERVICE@", service)
        .replace("@VERSION@", Integer.toString(version.version()))
        .replace("@NAME@", version.name());
  }
}
