package dev.trainyard.dataset.archive;

/**
 * What an archive may cost.
 *
 * @param maxEntries files in it
 * @param maxEntryBytes of one file, unpacked
 * @param maxDirectoryBytes of its table of contents, which is held in memory
 */
public record ArchiveLimits(int maxEntries, long maxEntryBytes, long maxDirectoryBytes) {}
