package dev.trainyard.event.stream;

import java.util.Set;

/**
 * A job as it is when somebody begins to listen to it.
 *
 * @param endings states after which nothing comes by itself
 * @param snapshot what there is to know of it, a record
 */
public record WatchedJob(String id, String state, Set<String> endings, Object snapshot) {

  boolean isOver() {
    return endings.contains(state);
  }
}
