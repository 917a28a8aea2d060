package dev.trainyard.model;

import java.time.Instant;

/**
 * A registered model.
 *
 * @param latestVersion the highest version that is there
 * @param versions how many versions are there
 * @param createTime when its first version was registered
 */
public record ModelView(String name, int latestVersion, long versions, Instant createTime) {}
