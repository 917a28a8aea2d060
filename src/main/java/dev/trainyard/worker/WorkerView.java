package dev.trainyard.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.trainer.protocol.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the API shows it.
 *
 * @param slots how many jobs it runs at the same time
 * @param runningJobs their ids
 * @param standbyTrainers processes that wait, warm, for a job
 * @param tensorflowVersion absent until the first trainer has reported
 * @param devices what jobs can run on; empty until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerView(
    String id,
    int slots,
    List<String> runningJobs,
    int standbyTrainers,
    @Nullable String tensorflowVersion,
    List<Device> devices) {}
