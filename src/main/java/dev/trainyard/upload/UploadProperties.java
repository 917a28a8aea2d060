package dev.trainyard.upload;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What uploads in pieces may cost.
 *
 * @param maxSize bytes of one
 * @param maxUploads that are there at the same time, whole or not
 */
@Validated
@ConfigurationProperties("trainyard.upload")
public record UploadProperties(
    @DefaultValue("32GB") DataSize maxSize, @DefaultValue("100") @Min(1) int maxUploads) {}
