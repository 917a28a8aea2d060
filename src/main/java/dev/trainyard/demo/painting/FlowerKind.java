package dev.trainyard.demo.painting;

import java.util.Locale;

/** The article's five classes, in the order of their labels. */
public enum FlowerKind {
  DAISY(new Daisy()),
  DANDELION(new Dandelion()),
  ROSES(new Rose()),
  SUNFLOWERS(new Sunflower()),
  TULIPS(new Tulip());

  private final Blossom blossom;

  FlowerKind(Blossom blossom) {
    this.blossom = blossom;
  }

  /** The class's name, as it stands in labels and folder names. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Blossom blossom() {
    return blossom;
  }
}
