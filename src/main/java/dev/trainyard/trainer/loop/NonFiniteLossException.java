package dev.trainyard.trainer.loop;

/** Training has diverged: the loss or a weight is no number any more. */
public final class NonFiniteLossException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NonFiniteLossException(long step, String what) {
    super(
        "At step "
            + step
            + " "
            + what
            + ". Lower training.optimizer.learningRate; the last checkpoint before it is kept.");
  }
}
