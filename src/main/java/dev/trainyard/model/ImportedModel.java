package dev.trainyard.model;

/**
 * Where a model came from that was not trained here.
 *
 * @param source what its importer calls the place or the making of it
 * @param archiveSha256 of the archive that was sent
 */
public record ImportedModel(String source, String archiveSha256) {}
