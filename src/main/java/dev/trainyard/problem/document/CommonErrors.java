package dev.trainyard.problem.document;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * The one place where the errors are added that operations have in common: by what an operation
 * takes and gives, and by its {@link Refuses}.
 */
@Component
class CommonErrors implements GlobalOperationComponentsCustomizer {

  private static final Set<RequestMethod> READING =
      EnumSet.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS);
  private static final String MULTIPART = "multipart/form-data";

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    return operation;
  }

  @Override
  public Operation customize(Operation operation, Components components, HandlerMethod method) {
    ProblemAnswers.addTo(components);
    Set<RequestMethod> verbs = verbs(method);
    ApiResponses answers = operation.getResponses();
    Set<Problem> problems = byShape(operation, verbs);
    problems.addAll(byMediaTypes(operation, method));
    problems.addAll(declared(method));
    problems.forEach(problem -> ProblemAnswers.add(answers, problem));
    answers.entrySet().stream()
        .filter(answer -> answer.getKey().startsWith("4") || answer.getKey().startsWith("5"))
        .forEach(answer -> ProblemAnswers.complete(answer.getKey(), answer.getValue()));
    if (verbs.equals(Set.of(RequestMethod.HEAD))) {
      answers.values().forEach(answer -> answer.setContent(null));
    }
    return operation;
  }

  private static Set<Problem> byShape(Operation operation, Set<RequestMethod> verbs) {
    Set<Problem> problems =
        EnumSet.of(
            Problem.MALFORMED_REQUEST,
            Problem.INVALID_REQUEST,
            Problem.NOT_FOUND, // the project that any request may name
            Problem.UNAUTHENTICATED,
            Problem.FORBIDDEN,
            Problem.HOST_REFUSED,
            Problem.TOO_MANY_REQUESTS,
            Problem.DATABASE_UNAVAILABLE,
            Problem.INTERNAL_ERROR);
    if (operation.getRequestBody() != null) {
      Content content = operation.getRequestBody().getContent();
      if (content != null && content.containsKey(MULTIPART)) {
        problems.add(Problem.UPLOAD_TOO_LARGE);
      }
    }
    if (!READING.containsAll(verbs)) {
      problems.add(Problem.DISK_FULL);
    }
    return problems;
  }

  /** A method that reads or writes all by itself does not care what it is called. */
  private static Set<Problem> byMediaTypes(Operation operation, HandlerMethod method) {
    Set<Problem> problems = EnumSet.noneOf(Problem.class);
    RequestMapping mapping = mapping(method);
    boolean reads =
        Arrays.stream(method.getMethodParameters())
            .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    if (reads || mapping != null && mapping.consumes().length > 0) {
      problems.add(Problem.UNSUPPORTED_MEDIA_TYPE);
    }
    boolean writes = answersWithBody(operation) && !method.isVoid();
    RequestMapping all =
        AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), RequestMapping.class);
    if (writes
        || mapping != null && mapping.produces().length > 0
        || all != null && all.produces().length > 0) {
      problems.add(Problem.NOT_ACCEPTABLE);
    }
    return problems;
  }

  private static boolean answersWithBody(Operation operation) {
    return operation.getResponses().entrySet().stream()
        .filter(answer -> answer.getKey().startsWith("2"))
        .map(Map.Entry::getValue)
        .anyMatch(answer -> answer.getContent() != null && !answer.getContent().isEmpty());
  }

  private static Set<Problem> declared(HandlerMethod method) {
    Set<Problem> problems = EnumSet.noneOf(Problem.class);
    AnnotatedElementUtils.getAllMergedAnnotations(method.getMethod(), Refuses.class)
        .forEach(refuses -> problems.addAll(List.of(refuses.value())));
    AnnotatedElementUtils.getAllMergedAnnotations(method.getBeanType(), Refuses.class)
        .forEach(refuses -> problems.addAll(List.of(refuses.value())));
    return problems;
  }

  private static Set<RequestMethod> verbs(HandlerMethod method) {
    RequestMapping mapping = mapping(method);
    return mapping == null ? Set.of() : Set.of(mapping.method());
  }

  private static @Nullable RequestMapping mapping(HandlerMethod method) {
    return AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
  }
}
