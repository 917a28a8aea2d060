/**
 * Streams that do not end: of events, and of whatever else grows. A listener is a cursor and a
 * socket; one that does not read costs neither a thread nor memory.
 */
@NullMarked
@NamedInterface("stream")
package dev.trainyard.event.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
