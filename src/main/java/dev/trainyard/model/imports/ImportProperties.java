package dev.trainyard.model.imports;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Import of models that were made elsewhere.
 *
 * @param enabled whether any are taken
 * @param maxSize bytes of one model, unpacked
 * @param timeout of looking into one
 * @param heap Java heap of the process that does
 */
@Validated
@ConfigurationProperties("trainyard.model.import")
public record ImportProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("4GB") DataSize maxSize,
    @DefaultValue("60s") @DurationMin(seconds = 1) Duration timeout,
    @DefaultValue("768MB") DataSize heap) {}
