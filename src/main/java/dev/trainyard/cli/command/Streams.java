package dev.trainyard.cli.command;

import java.io.InputStream;
import java.io.PrintStream;

/** Standard input, output and error: of the process, or of a test. */
public record Streams(InputStream in, PrintStream out, PrintStream err) {}
