package dev.trainyard.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * A dataset that can be trained on. Its files never change.
 *
 * @param labels class names; a record's {@code image/class/label} is index + 1
 * @param trainExamples records in all train shards
 * @param validationExamples records in all validation shards; may be 0
 * @param sha256 of its shards
 */
public record ReadyDataset(
    String id,
    String name,
    int version,
    List<String> labels,
    long trainExamples,
    long validationExamples,
    String sha256,
    List<Path> trainShards,
    List<Path> validationShards) {}
