package dev.trainyard.trainer.protocol;

/** What a trainer is busy with. */
public enum TrainerPhase {
  COMPILING,
  TRAINING,
  EVALUATING,
  CHECKPOINTING,
  EXPORTING
}
