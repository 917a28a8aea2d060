package dev.trainyard.model.predict;

import java.util.concurrent.CompletableFuture;

/** A question on its way to a model; guarded by whoever holds it. */
final class Ask {

  private final Question question;
  private final Deadline deadline;
  private final long arrived = System.nanoTime();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private int crashes;
  private boolean alone;

  Ask(Question question, Deadline deadline) {
    this.question = question;
    this.deadline = deadline;
  }

  Question question() {
    return question;
  }

  Deadline deadline() {
    return deadline;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  long arrived() {
    return arrived;
  }

  /** What it takes of the queue: its rows, or one. */
  int weight() {
    return Math.max(1, question.rows());
  }

  /** After something went wrong with others: so that it is seen whose fault it was. */
  void separate() {
    alone = true;
  }

  boolean isAlone() {
    return alone;
  }

  /** The process died under it, or before it was asked; so often by now. */
  int crashed() {
    return ++crashes;
  }

  boolean isOver() {
    return answer.isDone() || deadline.remainingNanos() <= 0;
  }
}
