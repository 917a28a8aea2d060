package dev.trainyard.trainer.protocol;

/** The main classes of the child processes and the words that they are told on standard input. */
public final class TrainerProcess {

  /**
   * Runs one training plan. Its one argument is the path of {@code plan.json}; without a path it
   * warms up, says {@link TrainerEvent.Ready}, and waits to be told {@link #PLAN}.
   */
  public static final String TRAINER_MAIN = "dev.trainyard.trainer.TrainerMain";

  /** Tries a job out: {@code plan.json} is its one argument. Speaks {@link PreflightEvent}. */
  public static final String PREFLIGHT_MAIN = "dev.trainyard.trainer.PreflightMain";

  /** Looks into a SavedModel; its folder is the one argument. Says its {@link ImportVerdict}. */
  public static final String IMPORT_MAIN = "dev.trainyard.trainer.imports.ImportMain";

  /** Serves the SavedModel that it is told to load. Speaks {@link PredictorMessage}. */
  public static final String PREDICTOR_MAIN = "dev.trainyard.trainer.predict.PredictorMain";

  /**
   * Finish the step, write a checkpoint, and exit. The end of standard input means: exit at once.
   * To a trainer without a plan both mean the same: there is nothing to do.
   */
  public static final String STOP = "stop";

  /** Tells a waiting trainer its plan: the word, a space, and the path. */
  public static final String PLAN = "plan";

  /**
   * Argument of a waiting trainer: look which devices there are, and say so with {@link
   * TrainerEvent.Ready}. A process that has looked at a GPU holds some of its memory.
   */
  public static final String LIST_DEVICES = "--list-devices";

  /** Argument beside {@link #LIST_DEVICES}: look for a TPU too, without initialising it. */
  public static final String LIST_TPU = "--list-tpu";

  /** Argument beside those two: report, and do not warm up. The parent lets the process go then. */
  public static final String ONLY_REPORT = "--only-report";

  private TrainerProcess() {}
}
