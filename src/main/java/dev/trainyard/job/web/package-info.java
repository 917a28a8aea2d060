/** The jobs' HTTP API. */
@NullMarked
package dev.trainyard.job.web;

import org.jspecify.annotations.NullMarked;
