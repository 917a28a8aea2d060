package dev.trainyard.trainer.loop;

/** Asked between steps: whether to make an end. */
@FunctionalInterface
public interface StopSignal {

  boolean isRequested();
}
