package dev.trainyard.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.dataset.convert.ConversionFailure;
import org.jspecify.annotations.Nullable;

/** What an event about a dataset tells, by the names of {@link DatasetView}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DatasetEvent(
    String datasetId,
    String name,
    int version,
    DatasetState state,
    @Nullable ConversionFailure reason,
    @Nullable String message,
    DatasetView.@Nullable Progress progress) {}
