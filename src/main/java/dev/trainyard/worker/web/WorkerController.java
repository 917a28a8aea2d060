package dev.trainyard.worker.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.web.Page;
import dev.trainyard.worker.WorkerView;
import dev.trainyard.worker.Workers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/workers")
@Tag(name = "workers", description = "Who runs the jobs, and on what.")
@ConditionalOnRole(Role.API)
class WorkerController {

  private static final String EXAMPLE =
      """
      {"items": [{"id": "host-4711-k3x9q", "state": "ACTIVE", "slots": 1, "labels": ["ssd"], "standbyTrainers": 0,
                  "startTime": "2026-11-23T10:00:00Z", "heartbeatTime": "2026-11-23T10:03:20Z",
                  "runningJobs": ["0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e"],
                  "tensorflowVersion": "2.18.0",
                  "devices": [{"type": "CPU", "name": "CPU:0", "description": "AMD EPYC, 2 threads",
                               "memoryBytes": 25276514304, "fastBfloat16": true}]}]}
      """;

  private final Workers workers;

  WorkerController(Workers workers) {
    this.workers = workers;
  }

  @GetMapping
  @Operation(
      summary = "List the workers with their devices",
      description =
          "A job waits until a worker has the accelerator that it asks for. The devices are those that"
              + " TensorFlow found when the worker started; a TPU is only looked for once a job asks"
              + " for one.")
  @ApiResponse(
      responseCode = "200",
      description = "All workers on this database, those that were lost within the last day too",
      content = @Content(examples = @ExampleObject(EXAMPLE)))
  Page<WorkerView> list() {
    return new Page<>(workers.list(), null);
  }
}
