package dev.trainyard.dataset.web;

import dev.trainyard.dataset.DatasetProperties;
import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.spec.ResourceName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** The parts of an upload, in any order. */
record UploadForm(
    @Schema(
            description = "Name of the dataset; a name in use gets its next version",
            example = "flowers",
            requiredMode = Schema.RequiredMode.REQUIRED)
        @ResourceName
        String name,
    @Schema(
            description =
                "A zip or tar.gz archive of images in class folders, or of images and CSV"
                    + " rows image-path,label",
            requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull(message = "is required: a zip archive, with curl -F file=@flowers.zip")
        MultipartFile file,
    @Schema(
            description =
                "Share of each class that is held out; 0.1 when left out. Not to be given"
                    + " when two CSV files make the split.",
            example = "0.1")
        @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false)
        @Nullable Double validationFraction,
    @Schema(
            description = "Seed of the split and of the order of records; 1 when left out",
            example = "1")
        @Nullable Long seed,
    @Schema(
            description =
                "Entry with the rows of the training images, or with all rows; found by"
                    + " its name, train*.csv, when left out",
            example = "train_set.csv")
        @Size(min = 1, max = 1000)
        @Pattern(regexp = NO_CONTROLS, message = "must not have control characters")
        @Nullable String trainCsv,
    @Schema(
            description =
                "Entry with the rows of the validation images; found by its name,"
                    + " eval*.csv, val*.csv or test*.csv, when left out",
            example = "eval_set.csv")
        @Size(min = 1, max = 1000)
        @Pattern(regexp = NO_CONTROLS, message = "must not have control characters")
        @Nullable String validationCsv,
    @Schema(
            description =
                "Entry with one label a line; labels.txt, or the labels of the rows, when"
                    + " left out",
            example = "labels.txt")
        @Size(min = 1, max = 1000)
        @Pattern(regexp = NO_CONTROLS, message = "must not have control characters")
        @Nullable String labelsFile,
    @Schema(
            description = "Records that may be set aside before the dataset is refused",
            example = "10")
        @Min(0)
        @Max(DatasetProperties.MOST_BAD_RECORDS)
        @Nullable Integer maxBadRecords) {

  private static final String NO_CONTROLS = "\\P{Cntrl}*";
  private static final double DEFAULT_FRACTION = 0.1;

  ConversionOrder order(DatasetProperties defaults) {
    return new ConversionOrder(
        new LayoutRequest(trainCsv, validationCsv, labelsFile),
        validationFraction == null ? DEFAULT_FRACTION : validationFraction,
        seed == null ? 1 : seed,
        maxBadRecords == null ? defaults.maxBadRecords() : maxBadRecords);
  }
}
