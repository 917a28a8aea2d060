package dev.trainyard.beam;

import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.convert.Scrutiny;
import dev.trainyard.dataset.listing.LayoutRequest;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** The command line. What has a default has the service's. */
public interface DatasetOptions extends PipelineOptions {

  @Description("Folder with a folder of images for each class, or with CSV files: image-path,label")
  @Validation.Required
  String getInput();

  void setInput(String folder);

  @Description("Folder that the dataset appears in; not within the input")
  @Validation.Required
  String getOutput();

  void setOutput(String folder);

  @Description("Of the split and of the order of records")
  @Default.Long(1)
  long getSeed();

  void setSeed(long seed);

  @Description("Share of each class that is held out, unless two CSV files make the split")
  @Default.Double(0.1)
  double getValidationFraction();

  void setValidationFraction(double fraction);

  @Description("Rows and images that may be set aside before the dataset is refused")
  @Default.Integer(1000)
  int getMaxBadRecords();

  void setMaxBadRecords(int records);

  @Description("File in the input with the rows of the training images, or all; else found by name")
  @Nullable String getTrainCsv();

  void setTrainCsv(@Nullable String name);

  @Description("File in the input with the rows of the validation images; else found by name")
  @Nullable String getValidationCsv();

  void setValidationCsv(@Nullable String name);

  @Description("File in the input with a label a line; else labels.txt, or the labels of the rows")
  @Nullable String getLabelsFile();

  void setLabelsFile(@Nullable String name);

  @Description("How closely a JPEG is looked at: full or fast")
  @Default.String("full")
  String getScan();

  void setScan(String level);

  @Description("Aimed-at bytes of a shard")
  @Default.Long(64L << 20)
  long getShardSize();

  void setShardSize(long bytes);

  @Description("Most bytes of one image file")
  @Default.Integer(64 << 20)
  int getMaxImageSize();

  void setMaxImageSize(int bytes);

  @Description("Most pixels of one image, in millions")
  @Default.Integer(50)
  int getMaxMegapixels();

  void setMaxMegapixels(int megapixels);

  /** All of them as one value. */
  static DatasetRequest request(DatasetOptions options) {
    return new DatasetRequest(
        options.getInput(),
        options.getOutput(),
        new ConversionOrder(
            new LayoutRequest(
                options.getTrainCsv(), options.getValidationCsv(), options.getLabelsFile()),
            options.getValidationFraction(),
            options.getSeed(),
            options.getMaxBadRecords(),
            Scrutiny.asked(options.getScan(), null)),
        options.getShardSize(),
        options.getMaxImageSize(),
        options.getMaxMegapixels() * 1_000_000L);
  }
}
