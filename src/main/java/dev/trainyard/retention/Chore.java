package dev.trainyard.retention;

import java.io.IOException;

/** What a module deletes of its own when its time has come. */
public interface Chore {

  /** Called now and then in every process; must bear being done in several at once. */
  void tidy() throws IOException;
}
