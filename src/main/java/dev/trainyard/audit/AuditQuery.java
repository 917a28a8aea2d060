package dev.trainyard.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are asked for; what is empty asks for all.
 *
 * @param to without it
 */
public record AuditQuery(
    Optional<String> caller,
    Optional<String> action,
    Optional<String> object,
    Optional<Instant> from,
    Optional<Instant> to) {}
