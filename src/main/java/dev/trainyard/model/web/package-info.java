/** The registry over HTTP, {@code /api/v1/models}, with downloads. */
@NullMarked
package dev.trainyard.model.web;

import org.jspecify.annotations.NullMarked;
