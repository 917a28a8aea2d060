package dev.trainyard.problem.document;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each problem as a client may meet it. */
final class ProblemExamples {

  private ProblemExamples() {}

  static Map<String, Object> of(Problem problem) {
    List<FieldProblem> errors = errors(problem);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", problem.type().toString());
    body.put("title", problem.title());
    body.put("status", problem.status().value());
    body.put("detail", detail(problem));
    body.put(
        "errors",
        errors.stream()
            .map(error -> Map.of("field", error.field(), "message", error.message()))
            .toList());
    return body;
  }

  private static List<FieldProblem> errors(Problem problem) {
    return switch (problem) {
      case INVALID_REQUEST -> List.of(new FieldProblem("pageSize", "must be between 1 and 500"));
      case QUOTA_EXCEEDED ->
          List.of(new FieldProblem("quotas.jobs", "limit 100, used 100, asked 1"));
      case INVALID_ARCHIVE -> List.of(new FieldProblem("file", "is neither a zip nor a tar"));
      case MODEL_REFUSED ->
          List.of(new FieldProblem("ReadFile", "is used by the node 'reader' and may not be"));
      case TUS_VERSION_UNSUPPORTED -> List.of(new FieldProblem("Tus-Resumable", "must be 1.0.0"));
      default -> List.of();
    };
  }

  private static String detail(Problem problem) {
    return switch (problem) {
      case MALFORMED_REQUEST -> "The body is not valid JSON at line 1, column 17.";
      case INVALID_REQUEST -> "'pageSize' must be between 1 and 500.";
      case INVALID_ARCHIVE -> "The file is neither a zip nor a tar.";
      case UNAUTHENTICATED -> "Say who you are with a header 'Authorization: Bearer TOKEN'.";
      case FORBIDDEN -> "The token's scope does not allow POST here.";
      case HOST_REFUSED -> "This service does not go by the name in the header Host.";
      case QUOTA_EXCEEDED ->
          "Project 'vision' may use 100 jobs, uses 100, and this would take 1 more.";
      case NOT_FOUND -> "There is no such thing; was it deleted?";
      case METHOD_NOT_ALLOWED -> "PUT is not for this path, but GET, POST.";
      case NOT_ACCEPTABLE -> "Nothing that the Accept header names can be made of this.";
      case UNSUPPORTED_MEDIA_TYPE -> "text/plain was sent; this takes application/json.";
      case UPLOAD_TOO_LARGE -> "An upload may have up to 34359738368 bytes.";
      case HEADERS_TOO_LARGE ->
          "The request line and headers are too large: they are more than server.max-http-request-header-size together, or more than 100 headers.";
      case TOO_MANY_UPLOADS -> "There are 100 uploads; make datasets of them, or delete some.";
      case UPLOAD_OFFSET_MISMATCH -> "The upload has 8388608 bytes; go on there.";
      case UPLOAD_LOCKED -> "Another request writes to the upload. Ask again later.";
      case CHECKSUM_MISMATCH -> "The bytes do not fit their Upload-Checksum; none is kept.";
      case TUS_VERSION_UNSUPPORTED -> "This service speaks tus 1.0.0.";
      case RANGE_NOT_SATISFIABLE -> "The file has 13912064 bytes.";
      case DATASET_NOT_READY ->
          "Dataset flowers, version 2, is CONVERTING; wait until it is READY.";
      case DATASET_DAMAGED -> "train-00000-of-00004 is not what it was. Upload the dataset again.";
      case ILLEGAL_STATE -> "The job is SUCCEEDED, which does not allow that.";
      case IN_USE -> "It is needed by something that has not ended.";
      case REQUEST_IN_PROGRESS -> "A request with this Idempotency-Key is being worked on.";
      case IDEMPOTENCY_KEY_REUSED ->
          "This Idempotency-Key came with another request. Take a new one.";
      case IDEMPOTENCY_RESULT_DELETED -> "What this Idempotency-Key made has been deleted since.";
      case TOO_MANY_REQUESTS -> "As many wait for this as may. Ask again later.";
      case DISK_FULL -> "There is no space left for this. Delete what is no longer needed.";
      case PREDICTION_TIMED_OUT -> "The model did not answer within 60 seconds.";
      case MODEL_UNAVAILABLE -> "The process that serves the model does not start.";
      case MODEL_REFUSED -> "The model has an operation that imported models may not have.";
      case IMPORT_DISABLED ->
          "Models are imported only where trainyard.model.import.enabled is true.";
      case IMPORT_UNAVAILABLE -> "Another model is being imported. Send it again later.";
      case PREFLIGHT_FAILED ->
          "The loss of step 3 was no finite number; make learningRate smaller.";
      case PREFLIGHT_UNAVAILABLE -> "As many jobs as may are being tried. Ask again later.";
      case MODEL_DAMAGED -> "variables/variables.index is not what was registered.";
      case DATABASE_UNAVAILABLE -> "The service cannot reach its database. Ask again later.";
      case INTERNAL_ERROR ->
          "This is the service's fault, not the request's. Its log has the cause under trace"
              + " 1f0c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e.";
    };
  }
}
