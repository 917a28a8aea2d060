package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The network to train, told apart by {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = CnnSpec.class, name = "cnn"))
public sealed interface ModelSpec permits CnnSpec {

  /** The smallest height and width, in pixels, that the network can take. */
  int minimumImageSize();

  /** The discriminator, which is also the bounded tag of the metrics. */
  String type();
}
