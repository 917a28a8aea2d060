/** The public API over HTTP: problems as exceptions, patience with broken connections. */
@NullMarked
package dev.trainyard.cli.client;

import org.jspecify.annotations.NullMarked;
