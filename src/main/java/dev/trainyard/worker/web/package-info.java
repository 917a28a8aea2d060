/** The workers' HTTP API. */
@NullMarked
package dev.trainyard.worker.web;

import org.jspecify.annotations.NullMarked;
