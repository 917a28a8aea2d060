package dev.trainyard.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One step of a job's history; it never changes. */
@Embeddable
record JobTransition(
    @Enumerated(EnumType.STRING) @Column(nullable = false) JobState state,
    @Column(nullable = false) Instant time,
    @Column(nullable = false) int attempt,
    @Enumerated(EnumType.STRING) @Nullable JobReason reason,
    @Nullable String message) {}
