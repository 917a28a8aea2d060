package dev.trainyard.spec;

/** The registered model that the job's SavedModel becomes the next version of. */
public record RegisterSpec(@ResourceName String model) {}
