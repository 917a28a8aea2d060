package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The network to train, told apart by {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CnnSpec.class, name = "cnn"),
  @JsonSubTypes.Type(value = LinearSpec.class, name = "linear"),
  @JsonSubTypes.Type(value = DnnSpec.class, name = "dnn"),
  @JsonSubTypes.Type(value = ResNetSpec.class, name = "resnet")
})
public sealed interface ModelSpec permits CnnSpec, LinearSpec, DnnSpec, ResNetSpec {

  /** What to say to a job without a model. */
  String REQUIRED = "is required: an object with a \"type\", one of cnn, dnn, linear, resnet";

  /** The smallest height and width, in pixels, that the network can take. */
  int minimumImageSize();

  /** The discriminator, which is also the bounded tag of the metrics. */
  String type();
}
