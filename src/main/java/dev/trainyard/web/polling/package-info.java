/** What makes polling cheap: entity tags, 304, and answers that wait for a change. */
@NullMarked
@NamedInterface("polling")
package dev.trainyard.web.polling;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
