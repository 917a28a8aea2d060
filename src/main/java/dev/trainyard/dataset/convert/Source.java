package dev.trainyard.dataset.convert;

import java.nio.file.Path;

/**
 * What a dataset is made of.
 *
 * @param place an archive, or a folder
 * @param bounds of a folder: no link out of them is followed
 * @param base that is added to
 */
public record Source(Path place, Path bounds, Base base) {

  public static Source archive(Path file) {
    return new Source(file, file, Base.NONE);
  }
}
