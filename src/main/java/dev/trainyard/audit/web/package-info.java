/** The audit trail over HTTP. */
@NullMarked
package dev.trainyard.audit.web;

import org.jspecify.annotations.NullMarked;
