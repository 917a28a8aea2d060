package dev.trainyard.fleet;

/** Knows what workers hold, and takes back what those that are lost have held. */
public interface Heir {

  /** Called every few seconds, in every process; must bear being called in several at once. */
  void takeBack();
}
