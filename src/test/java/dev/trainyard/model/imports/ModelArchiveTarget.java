package dev.trainyard.model.imports;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.fuzz.Scratch;
import dev.trainyard.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacks an archive of a model, which is the one whose names become names of files. */
public final class ModelArchiveTarget implements FuzzTarget {

  private final Scratch scratch = new Scratch();

  @Override
  public void take(byte[] bytes) throws Exception {
    Path folder = Files.createDirectory(scratch.folder().resolve("model"));
    try {
      ModelArchive.unpack(scratch.write("archive", bytes), folder, 1 << 20);
    } catch (ProblemException refused) {
      // As it should be.
    }
    scratch.requireContained();
    scratch.empty();
  }
}
