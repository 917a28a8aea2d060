package dev.trainyard.model.web;

import dev.trainyard.problem.ProblemException;
import org.springframework.http.ProblemDetail;

/** The members that every problem has, for the answers that need something beside them. */
final class ProblemDetails {

  private ProblemDetails() {}

  static ProblemDetail of(ProblemException failure) {
    ProblemDetail body =
        ProblemDetail.forStatusAndDetail(failure.problem().status(), failure.detail());
    body.setType(failure.problem().type());
    body.setTitle(failure.problem().title());
    body.setProperty("errors", failure.errors());
    return body;
  }
}
