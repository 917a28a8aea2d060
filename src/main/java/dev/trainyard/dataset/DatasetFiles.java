package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.Manifest;
import java.nio.file.Path;

/** Where the files of a READY dataset are, and what they are. */
public record DatasetFiles(Path folder, Manifest manifest) {}
