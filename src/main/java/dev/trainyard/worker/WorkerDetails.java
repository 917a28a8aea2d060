package dev.trainyard.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.trainer.protocol.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of itself besides what is matched with jobs.
 *
 * @param standbyTrainers processes that wait, warm, for a job
 * @param tensorflowVersion null until the first trainer has reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkerDetails(
    int standbyTrainers, @Nullable String tensorflowVersion, List<Device> devices) {}
