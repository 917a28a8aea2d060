package dev.trainyard.dataset.web;

import dev.trainyard.dataset.DatasetOrder;
import dev.trainyard.dataset.DatasetProperties;
import dev.trainyard.dataset.convert.Scrutiny;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.spec.ResourceName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** The parts of an upload, in any order. */
record UploadForm(
    @Schema(
            description =
                "Name of the dataset; a name in use gets its next version. Not needed with"
                    + " appendTo.",
            example = "flowers")
        @Pattern(regexp = ResourceName.PATTERN, message = ResourceName.RULE)
        @Nullable String name,
    @Schema(
            description =
                "A zip, tar or tar.gz archive of images in class folders, of images and CSV rows"
                    + " image-path,label, or of TFRecord files")
        @Nullable MultipartFile file,
    @Schema(
            description = "In place of a file: id of an upload that is whole (/api/v1/uploads)",
            example = "4c0e0f5e-6a0b-4f5e-8f0a-1b1f3a5c7d90")
        @Size(min = 1, max = 36)
        @Nullable String upload,
    @Schema(
            description =
                "Id or name of a READY dataset: the new version has its records, each in the split"
                    + " that it was in, and the new ones",
            example = "flowers")
        @Size(min = 1, max = 63)
        @Nullable String appendTo,
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
        @EntryName
        @Nullable String trainCsv,
    @Schema(
            description =
                "Entry with the rows of the validation images; found by its name,"
                    + " eval*.csv, val*.csv or test*.csv, when left out",
            example = "eval_set.csv")
        @EntryName
        @Nullable String validationCsv,
    @Schema(
            description =
                "Entry with one label a line; labels.txt, or the labels of the rows, when"
                    + " left out",
            example = "labels.txt")
        @EntryName
        @Nullable String labelsFile,
    @Schema(
            description = "Records that may be set aside before the dataset is refused",
            example = "10")
        @Min(0)
        @Max(DatasetProperties.MOST_BAD_RECORDS)
        @Nullable Integer maxBadRecords,
    @Schema(
            description =
                "How closely JPEGs are looked at: full follows every code to the last bit, fast"
                    + " looks at header, markers and end; full when left out",
            example = "full",
            allowableValues = {"full", "fast"})
        @Pattern(regexp = "full|fast", message = "must be full or fast")
        @Nullable String scan,
    @Schema(
            description =
                "What becomes of a new image that would be on both sides of the split: keep, or"
                    + " drop, which leaves it out of validation, or out of training when what is"
                    + " added to validates on it; keep when left out",
            example = "keep",
            allowableValues = {"keep", "drop"})
        @Pattern(regexp = "keep|drop", message = "must be keep or drop")
        @Nullable String duplicates) {

  DatasetOrder order() {
    return new DatasetOrder(
        name,
        appendTo,
        new LayoutRequest(trainCsv, validationCsv, labelsFile),
        validationFraction,
        seed,
        maxBadRecords,
        Scrutiny.asked(scan, duplicates));
  }
}
