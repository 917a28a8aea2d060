package dev.trainyard.model.web;

import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ModelFile;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.archive.Archive;
import dev.trainyard.model.archive.ArchiveFormat;
import dev.trainyard.model.archive.ModelArchives;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Finds, packs and counts what is downloaded. */
@Component
class Downloads {

  private final ModelCatalog catalog;
  private final ModelArchives archives;
  private final ServiceMetrics metrics;

  Downloads(ModelCatalog catalog, ModelArchives archives, ServiceMetrics metrics) {
    this.catalog = catalog;
    this.archives = archives;
    this.metrics = metrics;
  }

  Download prepare(String name, String version, String extension) throws IOException {
    ArchiveFormat format = ArchiveFormat.of(extension).orElseThrow(() -> unknown(extension));
    ModelVersionView view = catalog.version(name, version);
    try {
      List<String> paths = view.files().stream().map(ModelFile::path).toList();
      Archive archive =
          archives.pack(view.name(), view.version(), catalog.folder(view), paths, format);
      String fileName = view.name() + "-" + view.version() + "." + format.extension();
      return new Download(fileName, format, archive);
    } catch (NoSuchFileException e) {
      throw new ProblemException(
          Problem.NOT_FOUND, "Version " + view.version() + " of '" + name + "' was just deleted.");
    }
  }

  ResponseEntity<?> begin(Download download, HttpHeaders request) throws IOException {
    List<HttpRange> ranges;
    try {
      ranges = download.ranges(request);
    } catch (IllegalArgumentException e) {
      return download.notSatisfiable();
    }
    // A resumed download was counted when it was begun.
    if (ranges.isEmpty() || ranges.get(0).getRangeStart(Long.MAX_VALUE) == 0) {
      metrics.counter(TrainyardMetric.MODEL_DOWNLOADS, download.format().extension()).increment();
    }
    return ranges.isEmpty() ? download.whole() : download.cut();
  }

  private static ProblemException unknown(String format) {
    String message = "'" + format + "' is not known; known are " + ArchiveFormat.known();
    return new ProblemException(
        Problem.INVALID_REQUEST, "'format' " + message + ".", new FieldProblem("format", message));
  }
}
