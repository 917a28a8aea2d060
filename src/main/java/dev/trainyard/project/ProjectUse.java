package dev.trainyard.project;

/** A module that knows how much of something a project uses. */
public interface ProjectUse {

  /** How much; 0 of what the module does not know of. In the caller's transaction. */
  long used(String project, Quota quota);
}
