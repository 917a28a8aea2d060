package dev.trainyard.job.web;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.JobSpec;
import jakarta.validation.Validator;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.MappingJacksonInputMessage;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a new spec of an old one and what is to be different: a JSON merge patch (RFC 7396), but
 * for objects whose {@code type} changes. Those are replaced, for the fields of a {@code cnn} mean
 * nothing to a {@code resnet}.
 */
@Component
class SpecChanges {

  private static final String TYPE = "type";

  private final JsonMapper json;
  private final Validator validator;

  SpecChanges(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /**
   * @throws ProblemException INVALID_REQUEST, naming the fields
   * @throws HttpMessageNotReadableException when the fields are not of a spec
   */
  JobSpec apply(JobSpec spec, Map<String, Object> changes) {
    ObjectNode merged = json.valueToTree(spec);
    merge(merged, json.valueToTree(changes));
    JobSpec changed = read(merged);
    List<FieldProblem> errors =
        validator.validate(changed).stream()
            .map(
                broken ->
                    new FieldProblem(broken.getPropertyPath().toString(), broken.getMessage()))
            .sorted(Comparator.comparing(FieldProblem::field).thenComparing(FieldProblem::message))
            .toList();
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST, "The job with these changes is not valid.", errors);
    }
    return changed;
  }

  /** As the body of a request is read, so that what does not fit is told in the same way. */
  private JobSpec read(ObjectNode spec) {
    try {
      return json.treeToValue(spec, JobSpec.class);
    } catch (JacksonException e) {
      throw new HttpMessageNotReadableException(
          "The changes do not fit",
          e,
          new MappingJacksonInputMessage(InputStream.nullInputStream(), new HttpHeaders()));
    }
  }

  private static void merge(ObjectNode target, ObjectNode changes) {
    for (var change : changes.properties()) {
      String name = change.getKey();
      JsonNode wanted = change.getValue();
      if (wanted.isNull()) {
        target.remove(name);
      } else if (wanted instanceof ObjectNode inner
          && target.get(name) instanceof ObjectNode present
          && (!inner.has(TYPE) || inner.get(TYPE).equals(present.get(TYPE)))) {
        merge(present, inner);
      } else {
        target.set(name, wanted);
      }
    }
  }
}
