package dev.trainyard.beam;

import dev.trainyard.dataset.convert.ConversionOrder;
import java.io.Serializable;

/**
 * What is to be converted.
 *
 * @param input folder of the images, as any of Beam's file systems names it
 * @param output folder of the shards
 * @param shardSize aimed-at bytes of a shard
 * @param maxImageBytes of one file
 * @param maxPixels of one image, height x width
 */
record DatasetRequest(
    String input,
    String output,
    ConversionOrder order,
    long shardSize,
    int maxImageBytes,
    long maxPixels)
    implements Serializable {

  InputFolder images() {
    return new InputFolder(input, maxImageBytes);
  }

  OutputFolder shards() {
    return new OutputFolder(output);
  }
}
