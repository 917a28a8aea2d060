package dev.trainyard.event;

import org.jspecify.annotations.Nullable;

/**
 * Something that has happened.
 *
 * @param place among all events, without a gap when it was given
 * @param project that sees it
 * @param jobId of the job that it is about; null when it is about something else
 * @param data JSON
 */
public record Event(
    long place, EventType type, String project, @Nullable String jobId, String data) {}
