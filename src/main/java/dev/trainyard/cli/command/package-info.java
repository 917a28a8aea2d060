/** What all commands have in common: options, the forms of output, exit codes. */
@NullMarked
package dev.trainyard.cli.command;

import org.jspecify.annotations.NullMarked;
