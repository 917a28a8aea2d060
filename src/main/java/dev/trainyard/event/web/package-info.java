/** The stream of all events. */
@NullMarked
package dev.trainyard.event.web;

import org.jspecify.annotations.NullMarked;
