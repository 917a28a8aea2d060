package dev.trainyard.problem.advice;

import dev.trainyard.problem.FieldProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Broken constraints by field, in the fields' order, so that equal requests get equal answers. */
final class Violations {

  private Violations() {}

  static List<FieldProblem> of(BindingResult result) {
    return sorted(result.getAllErrors().stream().map(e -> problem(e, result)).toList());
  }

  static List<FieldProblem> of(HandlerMethodValidationException exception) {
    List<FieldProblem> problems = new ArrayList<>();
    for (ParameterValidationResult result : exception.getParameterValidationResults()) {
      if (result instanceof ParameterErrors errors) {
        errors.getAllErrors().forEach(e -> problems.add(problem(e, null)));
        continue;
      }
      String name = String.valueOf(result.getMethodParameter().getParameterName());
      for (MessageSourceResolvable error : result.getResolvableErrors()) {
        problems.add(new FieldProblem(name, message(error, result.getArgument())));
      }
    }
    return sorted(problems);
  }

  private static FieldProblem problem(ObjectError error, @Nullable BindingResult result) {
    if (!(error instanceof FieldError field)) {
      return new FieldProblem(error.getObjectName(), message(error, null));
    }
    if (field.isBindingFailure()) {
      Class<?> type = result == null ? null : result.getFieldType(field.getField());
      return new FieldProblem(field.getField(), Expectation.of(type));
    }
    return new FieldProblem(field.getField(), message(field, field.getRejectedValue()));
  }

  private static String message(MessageSourceResolvable error, @Nullable Object rejected) {
    String message = String.valueOf(error.getDefaultMessage());
    return rejected instanceof Number ? message + ", not " + rejected : message;
  }

  private static List<FieldProblem> sorted(List<FieldProblem> problems) {
    return problems.stream()
        .sorted(Comparator.comparing(FieldProblem::field).thenComparing(FieldProblem::message))
        .toList();
  }
}
