package dev.trainyard.model.web;

import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ModelFile;
import dev.trainyard.model.ModelIntegrity;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.archive.Archive;
import dev.trainyard.model.archive.ArchiveFormat;
import dev.trainyard.model.archive.DamagedFileException;
import dev.trainyard.model.archive.ModelArchives;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Finds, packs and counts what is downloaded. */
@Component
class Downloads {

  private final ModelCatalog catalog;
  private final ModelArchives archives;
  private final ModelIntegrity integrity;
  private final ServiceMetrics metrics;

  Downloads(
      ModelCatalog catalog,
      ModelArchives archives,
      ModelIntegrity integrity,
      ServiceMetrics metrics) {
    this.catalog = catalog;
    this.archives = archives;
    this.integrity = integrity;
    this.metrics = metrics;
  }

  Download prepare(String name, String version, String extension) throws IOException {
    ArchiveFormat format = ArchiveFormat.of(extension).orElseThrow(() -> unknown(extension));
    ModelVersionView view = catalog.version(name, version);
    integrity.requireSigned(view, ModelIntegrity.Finder.DOWNLOAD);
    Map<String, String> files = new LinkedHashMap<>();
    view.files().forEach(file -> files.put(file.path(), file.sha256()));
    try {
      Archive archive =
          archives.pack(view.name(), view.version(), catalog.folder(view), files, format);
      String fileName = view.name() + "-" + view.version() + "." + format.extension();
      return Download.of(fileName, format, archive);
    } catch (DamagedFileException e) {
      throw integrity.damaged(view, e.path(), ModelIntegrity.Finder.DOWNLOAD);
    } catch (NoSuchFileException e) {
      throw integrity.damaged(view, missing(view, e), ModelIntegrity.Finder.DOWNLOAD);
    }
  }

  /**
   * @param path of a file that was registered; nothing else is ever looked for
   */
  Download prepareFile(String name, String version, String path) {
    ModelVersionView view = catalog.version(name, version);
    ModelFile file =
        view.files().stream()
            .filter(it -> it.path().equals(path))
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.NOT_FOUND,
                        "Version %d of '%s' has no such file. GET /api/v1/models/%s/versions/%d/manifest lists them."
                            .formatted(view.version(), name, name, view.version())));
    integrity.requireSigned(view, ModelIntegrity.Finder.DOWNLOAD);
    return Download.of(file, integrity.verified(view, file, ModelIntegrity.Finder.DOWNLOAD));
  }

  private String missing(ModelVersionView view, NoSuchFileException e) {
    Path folder = catalog.folder(view);
    return view.files().stream()
        .map(ModelFile::path)
        .filter(path -> folder.resolve(path).toString().equals(e.getFile()))
        .findFirst()
        .orElse("saved_model.pb");
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
      metrics.counter(TrainyardMetric.MODEL_DOWNLOADS, download.format()).increment();
    }
    return ranges.isEmpty() ? download.whole() : download.cut();
  }

  private static ProblemException unknown(String format) {
    String message = "'" + format + "' is not known; known are " + ArchiveFormat.known();
    return new ProblemException(
        Problem.INVALID_REQUEST, "'format' " + message + ".", new FieldProblem("format", message));
  }
}
