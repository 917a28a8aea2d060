/** Projects over HTTP. */
@NullMarked
package dev.trainyard.project.web;

import org.jspecify.annotations.NullMarked;
