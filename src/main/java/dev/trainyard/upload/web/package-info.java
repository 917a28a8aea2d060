/** The tus protocol, version 1.0, over HTTP. */
@NullMarked
package dev.trainyard.upload.web;

import org.jspecify.annotations.NullMarked;
