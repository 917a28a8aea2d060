package dev.trainyard.project;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Settles what project a request is about, after the gate has let it in: the one that it names, or
 * the only one that its caller has, or the default. What the service tells of itself is about all.
 */
@Component
class ProjectOfRequest extends OncePerRequestFilter {

  static final String HEADER = "X-Trainyard-Project";

  /** The same for links, which cannot send headers. Read without touching a form in the body. */
  private static final Pattern PARAMETER = Pattern.compile("(?:^|&)project=([^&]*)");

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|\\*");

  private static final Pattern ABOUT_A_PROJECT =
      Pattern.compile(
          "/(api/v1/(datasets|events|jobs|models|plots|serving|uploads)|v1|v2/models)(/.*)?");

  /** No project is called that. */
  private static final String NONE = "-";

  private final HandlerExceptionResolver answers;
  private final Projects projects;

  ProjectOfRequest(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers, Projects projects) {
    this.answers = answers;
    this.projects = projects;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      Acting.in(project(request), request);
    } catch (ProblemException | DataAccessException e) {
      answers.resolveException(request, response, null, e);
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      Acting.done();
    }
  }

  private String project(HttpServletRequest request) {
    Caller caller = Caller.current();
    Set<String> own = caller == null ? null : caller.projects();
    if (request.getRequestURI().startsWith("/actuator/")) {
      return Acting.ALL;
    }
    String asked = asked(request);
    if (asked != null) {
      if (!NAME.matcher(asked).matches()) {
        throw invalid("must be the name of a project: lower-case letters, digits and hyphens");
      }
      if (own != null && !own.contains(asked)) {
        throw Projects.none(asked);
      }
      if (!asked.equals(Acting.ALL) && isAboutAProject(request)) {
        projects.require(asked); // elsewhere it may be the one that is about to be made
      }
      return asked;
    }
    if (own == null) {
      return Acting.DEFAULT;
    }
    if (own.size() != 1 && !isAboutAProject(request)) {
      return NONE;
    }
    if (own.isEmpty()) {
      throw new ProblemException(Problem.FORBIDDEN, "The token is for no project.");
    }
    if (own.size() != 1) {
      throw invalid("must be one of " + String.join(", ", new TreeSet<>(own)));
    }
    return own.iterator().next();
  }

  private static boolean isAboutAProject(HttpServletRequest request) {
    return ABOUT_A_PROJECT.matcher(request.getRequestURI()).matches();
  }

  private static @Nullable String asked(HttpServletRequest request) {
    String header = request.getHeader(HEADER);
    String query = request.getQueryString();
    if (header != null || query == null) {
      return header;
    }
    Matcher parameter = PARAMETER.matcher(query);
    return parameter.find() ? parameter.group(1) : null;
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "The header " + HEADER + " " + message + ".",
        new FieldProblem(HEADER, message));
  }
}
