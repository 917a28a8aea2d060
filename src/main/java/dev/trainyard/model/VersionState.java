package dev.trainyard.model;

import java.util.Map;
import java.util.Set;

/** The life of a model version. Only READY ones are shown to anybody. */
public enum VersionState {
  /** It has its number; its folder may or may not be there. Its job's next attempt completes it. */
  PUBLISHING,
  READY,
  /** Its files are being deleted; completed later by any process if the one that does it dies. */
  DELETING;

  private static final Map<VersionState, Set<VersionState>> NEXT =
      Map.of(PUBLISHING, Set.of(READY), READY, Set.of(DELETING), DELETING, Set.of());

  boolean allows(VersionState next) {
    return NEXT.getOrDefault(this, Set.of()).contains(next);
  }
}
