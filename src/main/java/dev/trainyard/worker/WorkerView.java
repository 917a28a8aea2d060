package dev.trainyard.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.fleet.Member;
import dev.trainyard.trainer.protocol.Device;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the API shows it.
 *
 * @param state ACTIVE; DRAINING while it stops; LOST when it has died or was cut off
 * @param slots how many jobs it runs at the same time
 * @param labels that jobs may ask for
 * @param runningJobs their ids
 * @param standbyTrainers processes that wait, warm, for a job
 * @param tensorflowVersion absent until the first trainer has reported
 * @param devices what jobs can run on; empty until then
 * @param heartbeatTime its last sign of life
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerView(
    String id,
    Member.State state,
    int slots,
    Set<String> labels,
    List<String> runningJobs,
    int standbyTrainers,
    @Nullable String tensorflowVersion,
    List<Device> devices,
    Instant startTime,
    Instant heartbeatTime) {}
