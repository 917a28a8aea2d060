package dev.trainyard.dataset.web;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.DatasetFiles;
import dev.trainyard.dataset.DatasetView;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.report.DatasetReport;
import dev.trainyard.dataset.sheet.ContactSheets;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.problem.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping("/api/v1/datasets/{idOrName}")
@Tag(name = "Datasets")
@ConditionalOnRole(Role.API)
class DatasetReportController {

  private final DatasetCatalog catalog;
  private final ContactSheets sheets;

  DatasetReportController(DatasetCatalog catalog, ContactSheets sheets) {
    this.catalog = catalog;
    this.sheets = sheets;
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @GetMapping(path = "/report", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Show what a dataset is like",
      description =
          "Counts, sizes, colours, duplicates and what was set aside; what is likely to go wrong in"
              + " training comes first, in plain words. It is about all images, those that were"
              + " added to as well; quarantine and duplicates.leftOut are about what came with"
              + " this version. 404 when an older version made it, or one that it adds to.")
  @ApiResponse(
      responseCode = "200",
      description = "The report; it never changes",
      content = @Content(examples = @ExampleObject(ReportExamples.REPORT)))
  DatasetReport report(
      @Parameter(description = "Id or name", example = "flowers") @PathVariable String idOrName)
      throws IOException {
    return DatasetFolder.readReport(catalog.files(idOrName).folder())
        .orElseThrow(DatasetReportController::tooOld);
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @GetMapping(path = "/duplicates", produces = "text/csv")
  @Operation(
      summary = "List images that are there several times",
      description =
          "All of them; the report names the first few. Images are the same when their image data"
              + " is, whatever they are called and whatever EXIF or comments stand beside it. Those"
              + " that were there before come first in their group; a record that does not name its"
              + " image is called by its file and the byte that it began at. The split none says"
              + " that it was left out.")
  @ApiResponse(
      responseCode = "200",
      description = "CSV with the columns group, file, label and split",
      content = @Content(examples = @ExampleObject(ReportExamples.DUPLICATES)))
  ResponseEntity<Resource> duplicates(
      @Parameter(description = "Id or name", example = "flowers") @PathVariable String idOrName) {
    Path file = catalog.files(idOrName).folder().resolve(DatasetFolder.DUPLICATES);
    if (!Files.exists(file)) {
      throw tooOld();
    }
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .body(new FileSystemResource(file));
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @GetMapping(path = "/contact-sheet", produces = MediaType.IMAGE_PNG_VALUE)
  @Operation(
      summary = "Picture a dataset",
      description =
          "Some images of each class, upright as they are stored; those held out for validation"
              + " have an orange frame. Eight classes are on a page; class shows more images of"
              + " one. Of a dataset that was added to, old and new images are shown by turns.")
  @ApiResponse(
      responseCode = "200",
      description = "A PNG; its ETag saves drawing it again",
      content =
          @Content(
              mediaType = MediaType.IMAGE_PNG_VALUE,
              examples = @ExampleObject("the bytes of a PNG of 1,186 pixels in width")))
  @ApiResponse(responseCode = "304", description = "You have it already", content = @Content)
  @Nullable ResponseEntity<byte[]> contactSheet(
      @Parameter(description = "Id or name", example = "flowers") @PathVariable String idOrName,
      @Parameter(description = "Page of classes, from 1", example = "1")
          @RequestParam(defaultValue = "1")
          int page,
      @Parameter(description = "Only this class, with more images", example = "daisy")
          @RequestParam(name = "class", required = false)
          @Nullable String label,
      WebRequest request)
      throws IOException, InterruptedException {
    DatasetView dataset = catalog.view(idOrName);
    DatasetFiles files = catalog.files(dataset.id());
    String tag = tag(dataset, page, label);
    if (request.checkNotModified(tag)) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
    }
    String title = dataset.name() + ", version " + dataset.version();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(sheets.draw(title, files, label, page), "png", png);
    return ResponseEntity.ok()
        .eTag(tag)
        .cacheControl(CacheControl.noCache().cachePrivate())
        .body(png.toByteArray());
  }

  private static String tag(DatasetView dataset, int page, @Nullable String label) {
    int shown = label == null ? page : label.hashCode();
    return "\"%s-%d-%s-%x\""
        .formatted(dataset.id(), ContactSheets.EDITION, label == null ? "page" : "class", shown);
  }

  private static ProblemException tooOld() {
    return new ProblemException(
        Problem.NOT_FOUND,
        "There is none: an older version made this dataset, or one that it adds to.");
  }
}
