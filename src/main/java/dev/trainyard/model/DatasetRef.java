package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The dataset that a model was trained on.
 *
 * @param sha256 of its manifest, which holds the digest of every shard
 * @param trainExamples images that it was trained on; absent of models from before this was kept
 * @param validationExamples images that were held out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetRef(
    String id,
    String name,
    int version,
    String sha256,
    @Nullable Long trainExamples,
    @Nullable Long validationExamples) {}
