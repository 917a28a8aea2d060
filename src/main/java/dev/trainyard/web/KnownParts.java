package dev.trainyard.web;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Refuses parts that no form knows: a misspelt one would otherwise be left out in silence. */
public final class KnownParts {

  private KnownParts() {}

  /**
   * @throws ProblemException INVALID_REQUEST naming each unknown part and the known ones
   */
  public static void require(MultipartHttpServletRequest request, Class<? extends Record> form) {
    List<String> known =
        Arrays.stream(form.getRecordComponents()).map(RecordComponent::getName).sorted().toList();
    List<FieldProblem> unknown =
        Stream.concat(
                request.getParameterMap().keySet().stream(), request.getFileMap().keySet().stream())
            .filter(name -> !known.contains(name))
            .distinct()
            .sorted()
            .map(
                name ->
                    new FieldProblem(
                        name, "is not a known field; known are " + String.join(", ", known)))
            .toList();
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "'%s' %s.".formatted(unknown.get(0).field(), unknown.get(0).message()),
          unknown);
    }
  }
}
