package dev.trainyard.dataset.image;

import dev.trainyard.dataset.jpeg.ChannelMoments;
import org.jspecify.annotations.Nullable;

/**
 * What a file was like when it came.
 *
 * @param channels 1 grey, 2 grey with transparency, 3, or 4: inks, or colours with transparency
 * @param orientation of EXIF, 1 to 8
 * @param bytes of the file
 * @param trailing whether bytes stand after the end of a JPEG, as phones append films
 * @param fingerprint of its image data; comments and the like make no other image of it
 * @param moments of the image as it is stored; null when it was not walked through
 */
public record ImageTraits(
    Format format,
    int channels,
    int orientation,
    int bytes,
    boolean trailing,
    Fingerprint fingerprint,
    @Nullable ChannelMoments moments) {

  /** What is to be kept of each of a million images. */
  public ImageTraits withoutMoments() {
    return new ImageTraits(format, channels, orientation, bytes, trailing, fingerprint, null);
  }

  /** What files are taken. */
  public enum Format {
    JPEG,
    PNG,
    WEBP
  }
}
