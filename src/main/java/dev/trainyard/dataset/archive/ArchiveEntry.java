package dev.trainyard.dataset.archive;

/**
 * A file in an archive.
 *
 * @param name as it is stored, with '/' between folders; only a string, never a path
 * @param size in bytes as the archive claims it; no more than that are ever read
 */
public record ArchiveEntry(String name, long size) {}
