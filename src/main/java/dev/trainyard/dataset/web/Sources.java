package dev.trainyard.dataset.web;

import dev.trainyard.dataset.DatasetIntake;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** A dataset is made of one thing. */
final class Sources {

  private Sources() {}

  /**
   * @throws ProblemException INVALID_REQUEST without a file, or with an upload beside it
   */
  static DatasetIntake.Upload only(UploadForm form) {
    MultipartFile file = form.file();
    if (file == null) {
      throw invalid(
          "file", "is required: an archive, with curl -F file=@flowers.zip; or upload, an id");
    }
    if (form.upload() != null) {
      throw invalid("upload", "must be left out when a file is sent");
    }
    return target -> file.transferTo(target.toFile());
  }

  /**
   * The folder; null when it is the upload.
   *
   * @throws ProblemException INVALID_REQUEST with neither, or with both
   */
  static DatasetRequest.@Nullable Source only(DatasetRequest request) {
    if (request.source() == null && request.upload() == null) {
      throw invalid("source", "is required: a folder; or upload, the id of an upload");
    }
    if (request.source() != null && request.upload() != null) {
      throw invalid("upload", "must be left out when source is given");
    }
    return request.source();
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }
}
