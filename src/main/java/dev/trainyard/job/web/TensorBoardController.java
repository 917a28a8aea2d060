package dev.trainyard.job.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobView;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs/{id}/tensorboard")
@Tag(name = "jobs")
@ConditionalOnRole(Role.API)
class TensorBoardController {

  private final JobCatalog catalog;

  TensorBoardController(JobCatalog catalog) {
    this.catalog = catalog;
  }

  @GetMapping
  @Operation(
      summary = "The job's event files for TensorBoard",
      description =
          "All attempts, as they are now, in one folder that is named after the job: unpack those of several jobs side"
              + " by side, and `tensorboard --logdir .` shows them all.")
  @ApiResponse(
      responseCode = "200",
      description = "A tar.gz, which is packed while it is sent",
      content =
          @Content(
              mediaType = EventFilesArchive.TYPE,
              examples = @ExampleObject("the bytes of a tar.gz")))
  @ApiResponse(responseCode = "404", description = "No such job, or it has no event files")
  void tensorboard(@PathVariable String id, HttpServletResponse response) throws IOException {
    JobView job = catalog.get(id);
    String folder = job.name() + "-" + job.id().substring(0, 8);
    EventFilesArchive archive =
        EventFilesArchive.of(catalog.folder(job.id()).resolve("events"), folder);
    if (archive.isEmpty()) {
      throw new ProblemException(
          Problem.NOT_FOUND,
          "Job %s has no event files: it has not begun to train, or ended so long ago that they were deleted (trainyard.retention.event-files)."
              .formatted(job.id()));
    }
    response.setContentType(EventFilesArchive.TYPE);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(folder + ".tar.gz").build().toString());
    archive.write(response.getOutputStream());
  }
}
