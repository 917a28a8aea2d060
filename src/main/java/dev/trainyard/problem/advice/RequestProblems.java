package dev.trainyard.problem.advice;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.List;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What Spring MVC found wrong with a request, in the catalogue's words. */
final class RequestProblems {

  private RequestProblems() {}

  /** Null when the request is not to blame. */
  static @Nullable ProblemException of(Exception exception, HttpStatusCode status) {
    if (exception instanceof HttpMessageNotReadableException unreadable) {
      return JsonProblems.of(unreadable);
    }
    if (exception instanceof MethodArgumentNotValidException invalid) {
      return invalid(Violations.of(invalid.getBindingResult()));
    }
    if (exception instanceof HandlerMethodValidationException invalid) {
      return status.is4xxClientError() ? invalid(Violations.of(invalid)) : null;
    }
    if (exception instanceof MissingServletRequestPartException missing) {
      return invalid(List.of(new FieldProblem(missing.getRequestPartName(), "is required")));
    }
    if (exception instanceof MissingServletRequestParameterException missing) {
      return invalid(List.of(new FieldProblem(missing.getParameterName(), "is required")));
    }
    if (exception instanceof TypeMismatchException mismatch) {
      return status.is4xxClientError() ? invalid(List.of(mismatch(mismatch))) : null;
    }
    return status.is4xxClientError() ? ofStatus(exception, status) : null;
  }

  static ProblemException invalid(List<FieldProblem> errors) {
    String detail =
        errors.size() == 1
            ? "'" + errors.get(0).field() + "' " + errors.get(0).message() + "."
            : errors.size() + " fields are wrong; 'errors' names each.";
    return new ProblemException(Problem.INVALID_REQUEST, detail, errors);
  }

  private static FieldProblem mismatch(TypeMismatchException mismatch) {
    return mismatch instanceof MethodArgumentTypeMismatchException argument
        ? new FieldProblem(argument.getName(), Expectation.of(oneValue(argument)))
        : new FieldProblem(
            String.valueOf(mismatch.getPropertyName()), Expectation.of(mismatch.getRequiredType()));
  }

  /** Of a parameter that may have several values, the type of each. */
  private static @Nullable Class<?> oneValue(MethodArgumentTypeMismatchException argument) {
    Class<?> each =
        ResolvableType.forMethodParameter(argument.getParameter()).asCollection().resolveGeneric(0);
    return each == null ? argument.getRequiredType() : each;
  }

  private static ProblemException ofStatus(Exception exception, HttpStatusCode status) {
    return switch (status.value()) {
      case 404 -> new ProblemException(Problem.NOT_FOUND, notFound(exception));
      case 405 -> new ProblemException(Problem.METHOD_NOT_ALLOWED, wrongMethod(exception));
      case 406 ->
          new ProblemException(
              Problem.NOT_ACCEPTABLE, "Nothing that the Accept header names can be made of this.");
      case 413 -> new ProblemException(Problem.UPLOAD_TOO_LARGE, tooLarge(exception));
      case 415 -> new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE, wrongType(exception));
      default -> new ProblemException(Problem.MALFORMED_REQUEST, detail(exception));
    };
  }

  private static String notFound(Exception exception) {
    if (exception instanceof NoResourceFoundException missing) {
      return "There is nothing at /" + missing.getResourcePath() + ".";
    }
    return exception instanceof NoHandlerFoundException missing
        ? "There is nothing at " + missing.getRequestURL() + "."
        : detail(exception);
  }

  private static String wrongMethod(Exception exception) {
    return exception instanceof HttpRequestMethodNotSupportedException unsupported
            && unsupported.getSupportedMethods() != null
        ? unsupported.getMethod()
            + " is not for this path, but "
            + String.join(", ", unsupported.getSupportedMethods())
            + "."
        : detail(exception);
  }

  private static String tooLarge(Exception exception) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(exception);
    if (cause instanceof FileCountLimitExceededException parts) {
      return "A form may have up to %d parts (server.tomcat.max-part-count)."
          .formatted(parts.getLimit());
    }
    if (cause instanceof SizeLimitExceededException size
        && String.valueOf(size.getMessage()).startsWith("Header section")) {
      return "The headers of a part may have up to %d bytes (server.tomcat.max-part-header-size)."
          .formatted(size.getPermittedSize());
    }
    return exception instanceof MaxUploadSizeExceededException large && large.getMaxUploadSize() > 0
        ? "An upload may have up to " + large.getMaxUploadSize() + " bytes."
        : "The upload has more bytes than spring.servlet.multipart allows.";
  }

  private static String wrongType(Exception exception) {
    if (exception instanceof HttpMediaTypeNotSupportedException unsupported) {
      MediaType sent = unsupported.getContentType();
      return (sent == null ? "No content type" : sent)
          + " was sent; this takes "
          + MediaType.toString(unsupported.getSupportedMediaTypes())
          + ".";
    }
    return detail(exception);
  }

  private static String detail(Exception exception) {
    String detail =
        exception instanceof ErrorResponse response ? response.getBody().getDetail() : null;
    return detail == null ? "The request cannot be read." : detail;
  }
}
