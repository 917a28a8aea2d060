package dev.trainyard.model.archive;

import java.nio.file.Path;

/**
 * A packed model version on disk.
 *
 * @param sha256 of the whole file, in lower-case hexadecimal
 */
public record Archive(Path file, String sha256) {}
