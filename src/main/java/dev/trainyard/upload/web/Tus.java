package dev.trainyard.upload.web;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What every tus request and answer has in common, refusals too. */
@Component
class Tus implements HandlerInterceptor, WebMvcConfigurer {

  static final String RESUMABLE = "Tus-Resumable";
  static final String VERSION = "1.0.0";
  static final String VERSIONS = "Tus-Version";

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/v1/uploads/**");
  }

  /**
   * A client that names no version, such as curl, is taken to mean this one.
   *
   * @throws ProblemException TUS_VERSION_UNSUPPORTED
   */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    response.setHeader(RESUMABLE, VERSION);
    String version = request.getHeader(RESUMABLE);
    if (version != null && !version.equals(VERSION) && !request.getMethod().equals("OPTIONS")) {
      response.setHeader(VERSIONS, VERSION);
      throw new ProblemException(
          Problem.TUS_VERSION_UNSUPPORTED,
          "This service speaks tus " + VERSION + ".",
          new FieldProblem(RESUMABLE, "must be " + VERSION));
    }
    return true;
  }
}
