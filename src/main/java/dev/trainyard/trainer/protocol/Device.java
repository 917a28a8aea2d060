package dev.trainyard.trainer.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.spec.AcceleratorSpec;
import org.jspecify.annotations.Nullable;

/**
 * A device that TensorFlow found on a worker's machine.
 *
 * @param name TensorFlow's, such as {@code GPU:0}
 * @param description for people: the processor with its threads, the card's model
 * @param memoryBytes what TensorFlow may use of it; null where nobody knows
 * @param fastBfloat16 whether it multiplies bfloat16 in hardware
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Device(
    AcceleratorSpec.Type type,
    String name,
    String description,
    @Nullable Long memoryBytes,
    boolean fastBfloat16) {}
