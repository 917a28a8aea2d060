package dev.trainyard.model;

/**
 * One file of a model version.
 *
 * @param path below the version's folder, with slashes
 * @param sha256 in lower-case hexadecimal
 */
public record ModelFile(String path, long bytes, String sha256) {}
