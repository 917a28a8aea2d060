package dev.trainyard.trainer.loop;

/** Training has diverged: the loss or a weight is no number any more. */
public final class NonFiniteLossException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NonFiniteLossException(long step, String what) {
    this(step, step, what);
  }

  /**
   * @param first of the steps that were made since the last look
   * @param last of them
   */
  NonFiniteLossException(long first, long last, String what) {
    super(
        (first == last ? "At step " + last : "In the steps " + first + " to " + last)
            + " "
            + what
            + ". Lower training.optimizer.learningRate; the last checkpoint before it is kept.");
  }
}
