package dev.trainyard.problem.advice;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the servlet container refuses before, or filters fail outside of, any controller. */
@RestController
@Hidden // from the OpenAPI document: nobody asks for it
class ErrorPage implements ErrorController {

  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<Object> error(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Problem problem =
        ProblemBody.problem(
            status instanceof Integer code ? code : Problem.INTERNAL_ERROR.status().value());
    return ProblemBody.answer(
        new ProblemException(problem, problem.title() + "."), HttpHeaders.EMPTY);
  }
}
