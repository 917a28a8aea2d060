package dev.trainyard.model;

/**
 * The dataset that a model was trained on.
 *
 * @param sha256 of its manifest, which holds the digest of every shard
 */
public record DatasetRef(String id, String name, int version, String sha256) {}
