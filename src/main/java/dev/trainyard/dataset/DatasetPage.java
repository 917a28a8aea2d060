package dev.trainyard.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some datasets, newest first.
 *
 * @param nextPageToken asks for those after them; null when there are none
 */
public record DatasetPage(List<DatasetView> items, @Nullable String nextPageToken) {}
