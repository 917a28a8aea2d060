/** Commands about keys. */
@NullMarked
package dev.trainyard.cli.key;

import org.jspecify.annotations.NullMarked;
