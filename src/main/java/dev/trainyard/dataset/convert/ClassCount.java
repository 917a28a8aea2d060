package dev.trainyard.dataset.convert;

/** Records of one class. */
public record ClassCount(String label, long train, long validation) {}
