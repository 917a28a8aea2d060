package dev.trainyard.problem.document;

import dev.trainyard.problem.Problem;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Adds refusals to the description of an operation. */
public final class ProblemAnswers {

  public static final String PROBLEM_JSON = "application/problem+json";
  public static final String SCHEMA = "Problem";
  public static final String EXAMPLES = "#/components/examples/";
  private static final String GIVEN = "example";

  private ProblemAnswers() {}

  /** Says that the operation may answer with this problem. */
  public static void add(ApiResponses answers, Problem problem) {
    String status = Integer.toString(problem.status().value());
    ApiResponse answer = answers.get(status);
    if (answer == null) {
      answer = new ApiResponse().description(problem.title());
      answers.addApiResponse(status, answer);
    }
    addExample(body(answer), problem);
  }

  private static void addExample(MediaType body, Problem problem) {
    String name = name(problem);
    body.addExamples(name, new Example().$ref(EXAMPLES + name));
  }

  private static String name(Problem problem) {
    return problem.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the descriptions of refusals refer to. */
  static void addTo(Components components) {
    components.addSchemas(SCHEMA, schema());
    for (Problem problem : Problem.values()) {
      components.addExamples(
          name(problem), new Example().summary(problem.title()).value(ProblemExamples.of(problem)));
    }
  }

  /** Problem details whatever else was said, with one example at least. */
  static void complete(String status, ApiResponse answer) {
    MediaType body = body(answer);
    if (body.getExamples() == null) {
      Arrays.stream(Problem.values())
          .filter(problem -> status.equals(Integer.toString(problem.status().value())))
          .findFirst()
          .ifPresent(problem -> addExample(body, problem));
    }
  }

  /** An example that was given stays. */
  private static MediaType body(ApiResponse answer) {
    Content content = answer.getContent();
    MediaType body = content == null ? null : content.get(PROBLEM_JSON);
    if (body == null) {
      body = new MediaType();
      answer.setContent(new Content().addMediaType(PROBLEM_JSON, body));
    }
    if (body.getExample() != null) {
      body.addExamples(GIVEN, new Example().value(body.getExample()));
      body.setExample(null);
      body.setExampleSetFlag(false); // or it would be told to be null
    }
    return body.schema(new JsonSchema().$ref(Components.COMPONENTS_SCHEMAS_REF + SCHEMA));
  }

  /** RFC 9457's members, and {@code errors}, which is always there. */
  private static JsonSchema schema() {
    JsonSchema error = object("One wrong field");
    error.addProperty("field", text("Its path in the request, or a parameter's name"));
    error.addProperty("message", text("What is wrong, and what would be right"));
    error.required(List.of("field", "message"));
    JsonSchema errors = new JsonSchema();
    errors.addType("array");
    errors.items(error).description("Each field that is wrong; often none");
    JsonSchema status = new JsonSchema();
    status.addType("integer");
    JsonSchema problem = object("What the API answers in place of success (RFC 9457)");
    problem.addProperty("type", text("Stable; clients may branch on it").format("uri-reference"));
    problem.addProperty("title", text("The type in words"));
    problem.addProperty("status", status.description("The same as the answer's"));
    problem.addProperty("detail", text("What went wrong this time, and what to do"));
    problem.addProperty("instance", text("The path that was asked").format("uri-reference"));
    problem.addProperty("errors", errors);
    problem.addProperty("traceId", text("Under which the service's log has the request"));
    problem.required(List.of("type", "title", "status", "detail", "errors"));
    return problem;
  }

  private static JsonSchema object(String description) {
    JsonSchema object = new JsonSchema();
    object.addType("object");
    object.description(description);
    return object;
  }

  private static JsonSchema text(String description) {
    JsonSchema text = new JsonSchema();
    text.addType("string");
    text.description(description);
    return text;
  }
}
