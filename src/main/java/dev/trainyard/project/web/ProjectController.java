package dev.trainyard.project.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.problem.Refuses;
import dev.trainyard.project.ProjectView;
import dev.trainyard.project.Projects;
import dev.trainyard.project.Quotas;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects", produces = "application/json")
@Tag(name = "projects")
@ConditionalOnRole(Role.API)
class ProjectController {

  private static final String WISH =
      """
      {"description": "Pictures of plants", "quotas": {"bytes": 50000000000, "jobs": 100, "runningJobs": 2,
       "trainingSeconds": 360000}}""";
  private static final String PROJECT =
      """
      {"name": "vision", "description": "Pictures of plants",
       "quotas": {"bytes": 50000000000, "jobs": 100, "runningJobs": 2, "trainingSeconds": 360000},
       "used": {"bytes": 1204224, "jobs": 3, "runningJobs": 1, "trainingSeconds": 5127},
       "createTime": "2026-11-26T08:00:00Z"}""";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final Projects projects;

  ProjectController(Projects projects) {
    this.projects = projects;
  }

  @GetMapping
  @Operation(summary = "List the projects", description = "With what each may use, and uses.")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, in the order of their names.",
      content = @Content(examples = @ExampleObject("{\"projects\": [" + PROJECT + "]}")))
  All list() {
    return new All(projects.all());
  }

  @GetMapping("/{name}")
  @Operation(summary = "Get a project")
  @ApiResponse(
      responseCode = "200",
      description = "What it may use, and uses.",
      content = @Content(examples = @ExampleObject(PROJECT)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  ProjectView get(@PathVariable @Parameter(example = "vision") String name) {
    return projects.get(name);
  }

  @PutMapping(path = "/{name}", consumes = "application/json")
  @Operation(
      summary = "Make a project, or change its quotas",
      description =
          "A quota that is left out is no limit. What is above a quota when it is lowered stays; nothing"
              + " is added until there is room.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(WISH))))
  @ApiResponse(
      responseCode = "200",
      description = "It is changed.",
      content = @Content(examples = @ExampleObject(PROJECT)))
  @ApiResponse(
      responseCode = "201",
      description = "It is made.",
      content = @Content(examples = @ExampleObject(PROJECT)))
  @ApiResponse(responseCode = "422", description = "It cannot be called so.", content = @Content)
  @Refuses(Problem.REQUEST_IN_PROGRESS)
  ResponseEntity<ProjectView> put(
      @PathVariable @Parameter(example = "vision") String name, @Valid @RequestBody Wish wish) {
    if (!NAME.matcher(name).matches()) {
      String rule = "must be lower-case letters, digits and hyphens, 63 at most";
      throw new ProblemException(
          Problem.INVALID_REQUEST, "'name' " + rule + ".", new FieldProblem("name", rule));
    }
    Quotas none = new Quotas(null, null, null, null);
    boolean made =
        projects.put(name, wish.description(), Objects.requireNonNullElse(wish.quotas(), none));
    ProjectView view = projects.get(name);
    return made
        ? ResponseEntity.created(URI.create("/api/v1/projects/" + name)).body(view)
        : ResponseEntity.ok(view);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a project", description = "Once nothing belongs to it any more.")
  @ApiResponse(responseCode = "204", description = "It is gone.")
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  @ApiResponse(responseCode = "409", description = "Something belongs to it.", content = @Content)
  @Refuses(Problem.IN_USE)
  void delete(@PathVariable @Parameter(example = "vision") String name) {
    projects.delete(name);
  }

  record All(List<ProjectView> projects) {}

  record Wish(@Size(max = 1000) @Nullable String description, @Valid @Nullable Quotas quotas) {}
}
