package dev.trainyard.trainer.protocol;

/** The main classes of the child processes and the words that they are told on standard input. */
public final class TrainerProcess {

  /** Runs one training plan; the one argument is the path of {@code plan.json}. */
  public static final String TRAINER_MAIN = "dev.trainyard.trainer.TrainerMain";

  /** Serves one SavedModel; the one argument is its folder. Speaks {@link PredictorMessage}. */
  public static final String PREDICTOR_MAIN = "dev.trainyard.trainer.export.PredictorMain";

  /**
   * Finish the step, write a checkpoint, and exit. The end of standard input means: exit at once.
   */
  public static final String STOP = "stop";

  private TrainerProcess() {}
}
