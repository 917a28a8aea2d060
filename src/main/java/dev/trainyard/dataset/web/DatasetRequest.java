package dev.trainyard.dataset.web;

import dev.trainyard.dataset.DatasetOrder;
import dev.trainyard.dataset.DatasetProperties;
import dev.trainyard.dataset.convert.Scrutiny;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.spec.ResourceName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A dataset of what is there already: a folder of the operator, or an upload that is whole. */
record DatasetRequest(
    @Schema(
            description =
                "Name of the dataset; a name in use gets its next version. Not needed with"
                    + " appendTo.",
            example = "flowers")
        @Pattern(regexp = ResourceName.PATTERN, message = ResourceName.RULE)
        @Nullable String name,
    @Schema(description = "Where the images are; or give upload") @Valid @Nullable Source source,
    @Schema(
            description = "Id of an upload that is whole (/api/v1/uploads); or give source",
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
                "Share of each class that is held out; 0.1 when left out. Not to be given when the"
                    + " source makes the split.",
            example = "0.1")
        @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false)
        @Nullable Double validationFraction,
    @Schema(
            description = "Seed of the split and of the order of records; 1 when left out",
            example = "1")
        @Nullable Long seed,
    @Schema(
            description = "File with the rows of the training images, or with all rows",
            example = "train_set.csv")
        @EntryName
        @Nullable String trainCsv,
    @Schema(description = "File with the rows of the validation images", example = "eval_set.csv")
        @EntryName
        @Nullable String validationCsv,
    @Schema(description = "File with one label a line", example = "labels.txt") @EntryName
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

  /** A folder that the operator has allowed, or one in it. */
  record Source(
      @Schema(description = "folder", example = "folder")
          @NotNull(message = "is required: folder")
          @Pattern(regexp = "folder", message = "must be folder")
          String type,
      @Schema(
              description =
                  "Relative to a folder of trainyard.dataset.allowed-folders, or absolute in one",
              example = "flowers-2026")
          @NotNull(message = "is required")
          @EntryName
          String path) {}

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
