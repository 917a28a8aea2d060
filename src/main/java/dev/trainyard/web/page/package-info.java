/** The web page at {@code /}: what goes with its static files, which Spring Boot serves. */
@NullMarked
package dev.trainyard.web.page;

import org.jspecify.annotations.NullMarked;
