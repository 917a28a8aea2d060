package dev.trainyard.dataset;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.image.ContentKind;
import dev.trainyard.dataset.listing.Contents;
import dev.trainyard.dataset.listing.Layout;
import dev.trainyard.dataset.listing.LayoutException;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Refuses at once what can be told from an archive's first bytes and its table of contents. */
@Component
class Glance {

  private final DatasetProperties properties;

  Glance(DatasetProperties properties) {
    this.properties = properties;
  }

  /**
   * @param field that names the archive
   * @throws ProblemException INVALID_ARCHIVE or INVALID_REQUEST
   */
  void at(Path file, String field, DatasetOrder order) throws IOException {
    byte[] start = Archive.start(file);
    ContentKind kind = ContentKind.of(start);
    if (kind == ContentKind.GZIP) {
      return; // only unpacking it would tell
    }
    if (kind != ContentKind.ZIP && !Archive.isTar(start)) {
      throw invalidArchive(
          field,
          kind == ContentKind.EMPTY_ZIP
              ? "The zip archive has no files in it."
              : "The file is not a zip, tar or tar.gz archive; it is " + kind.words() + ".");
    }
    try (Archive archive = Archive.open(file, properties.archiveLimits())) {
      Contents contents = new Contents(archive.entries());
      if (!contents.holdsImagesOrCsv()) {
        throw invalidArchive(
            field,
            contents.entries().isEmpty()
                ? "The archive has no files in it."
                : "The archive holds neither images nor a CSV file; the first of its %d files is '%s'."
                    .formatted(contents.entries().size(), contents.entries().firstKey()));
      }
      Layout layout = order.layout().choose(contents);
      if (layout.splits() && order.asksForSplit()) {
        throw invalid("validationFraction", "must be left out: the archive itself makes the split");
      }
    } catch (ArchiveException e) {
      throw invalidArchive(field, e.getMessage() + ".");
    } catch (LayoutException e) {
      throw invalid(e.field(), String.valueOf(e.getMessage()));
    }
  }

  static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }

  private static ProblemException invalidArchive(String field, String detail) {
    return new ProblemException(
        Problem.INVALID_ARCHIVE,
        detail,
        new FieldProblem(
            field,
            "must be a zip, tar or tar.gz with class folders, with CSV rows and images, or with"
                + " TFRecord files"));
  }
}
