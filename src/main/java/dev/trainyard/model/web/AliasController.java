package dev.trainyard.model.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelAliases;
import dev.trainyard.model.alias.Alias;
import dev.trainyard.model.alias.AliasMove;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.Refuses;
import dev.trainyard.spec.VersionName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Promotion by aliases. */
@RestController
@RequestMapping(path = "/api/v1/models/{name}/aliases", produces = "application/json")
@Tag(name = "models")
@ConditionalOnRole(Role.API)
class AliasController {

  private final ModelAliases aliases;

  AliasController(ModelAliases aliases) {
    this.aliases = aliases;
  }

  @GetMapping
  @Operation(
      summary = "List a model's aliases",
      description =
          "In the order of their names. latest, which always is the highest version, is not listed.")
  @ApiResponse(
      responseCode = "200",
      description = "All of them.",
      content = @Content(examples = @ExampleObject(ModelExamples.ALIASES)))
  @ApiResponse(responseCode = "404", description = "No model has that name.", content = @Content)
  All list(@PathVariable @Parameter(example = "flowers") String name) {
    return new All(aliases.of(name));
  }

  @GetMapping("/{alias}")
  @Operation(summary = "Get an alias")
  @ApiResponse(
      responseCode = "200",
      description = "What it stands for.",
      content = @Content(examples = @ExampleObject(ModelExamples.ALIAS)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  Alias get(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion") String alias) {
    return aliases.get(name, alias);
  }

  @GetMapping("/{alias}/moves")
  @Operation(
      summary = "Where an alias has been",
      description = "The last hundred moves, the newest first, also of one that was deleted.")
  @ApiResponse(
      responseCode = "200",
      description = "Its moves.",
      content = @Content(examples = @ExampleObject(ModelExamples.MOVES)))
  @ApiResponse(responseCode = "404", description = "There never was one.", content = @Content)
  Moves moves(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion") String alias) {
    return new Moves(aliases.moves(name, alias));
  }

  @PutMapping(path = "/{alias}", consumes = "application/json")
  @Operation(
      summary = "Move an alias to a version",
      description =
          "In one step, and makes the alias if there is none. The version may also be another alias"
              + " or latest: then it is the one that this stands for now. The same request again"
              + " changes nothing.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(examples = @ExampleObject(ModelExamples.ALIAS_WISH))))
  @ApiResponse(
      responseCode = "200",
      description = "Where it is now, and where it was before.",
      content = @Content(examples = @ExampleObject(ModelExamples.ALIAS)))
  @ApiResponse(responseCode = "404", description = "No such model or version.", content = @Content)
  @ApiResponse(responseCode = "422", description = "It cannot be called so.", content = @Content)
  Alias set(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion") String alias,
      @Valid @RequestBody Wish wish) {
    return aliases.set(name, alias, wish.version());
  }

  @Refuses(Problem.ILLEGAL_STATE)
  @PostMapping("/{alias}/rollback")
  @Operation(
      summary = "Move an alias back",
      description =
          "To the version that it stood for before it was last moved; once more, to the one before that.")
  @ApiResponse(
      responseCode = "200",
      description = "Where it is now, and where one more rollback would move it.",
      content = @Content(examples = @ExampleObject(ModelExamples.ALIAS)))
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  @ApiResponse(
      responseCode = "409",
      description = "There was none before, or that version is gone.",
      content = @Content)
  Alias rollBack(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion") String alias) {
    return aliases.rollBack(name, alias);
  }

  @DeleteMapping("/{alias}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete an alias", description = "The version stays.")
  @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
  @ApiResponse(responseCode = "404", description = "There is none.", content = @Content)
  void delete(
      @PathVariable @Parameter(example = "flowers") String name,
      @PathVariable @Parameter(example = "champion") String alias) {
    aliases.delete(name, alias);
  }

  record All(List<Alias> aliases) {}

  record Moves(List<AliasMove> moves) {}

  /** What an alias is to stand for. */
  record Wish(
      @NotNull(message = VersionName.RULE)
          @VersionName
          @Schema(
              types = {"integer", "string"},
              example = "3")
          String version) {}
}
