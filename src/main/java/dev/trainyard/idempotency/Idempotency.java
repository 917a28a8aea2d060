package dev.trainyard.idempotency;

import dev.trainyard.idempotency.IdempotencyKeys.KeyInFlightException;
import dev.trainyard.idempotency.IdempotencyKeys.Use;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a resource once for each key. The key's row is written in the resource's transaction, so
 * there is no moment at which a crash could leave one without the other; two requests with one key
 * meet at the row's primary key, in whatever processes they are.
 */
@Component
public class Idempotency {

  private final IdempotencyKeys keys;
  private final TransactionTemplate transaction;

  Idempotency(IdempotencyKeys keys, PlatformTransactionManager transactions) {
    this.keys = keys;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What an earlier request with the same key has made; empty when there was none, or without key.
   * For those who want to know before they prepare something expensive.
   *
   * @param asked what the request asks for, in a form that is the same whenever it is
   * @param find the resource of an id, or a NOT_FOUND problem
   * @throws ProblemException IDEMPOTENCY_KEY_REUSED; IDEMPOTENCY_RESULT_DELETED
   */
  public <T> Optional<Once<T>> replay(
      IdempotentRequest request, String asked, Function<String, T> find) {
    return request.hasKey()
        ? keys.find(request).map(use -> new Once<>(again(use, request, asked, find), true))
        : Optional.empty();
  }

  /**
   * Makes the resource in a transaction, or finds the one that the key has made before. What fails
   * is not remembered.
   *
   * @param asked as {@link #replay} has it
   * @param make stores the resource, in the transaction that it is called in
   * @param id of the resource
   * @param find as {@link #replay} has it
   * @throws ProblemException as {@link #replay} does; REQUEST_IN_PROGRESS when another request with
   *     the key does not end in time
   */
  public <T> Once<T> once(
      IdempotentRequest request,
      String asked,
      Supplier<T> make,
      Function<T, String> id,
      Function<String, T> find) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("A violated key would end the transaction around it");
    }
    if (!request.hasKey()) {
      return new Once<>(inTransaction(make), false);
    }
    Optional<Once<T>> before = replay(request, asked, find);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      return new Once<>(inTransaction(() -> makeWithKey(request, asked, make, id)), false);
    } catch (DataIntegrityViolationException e) {
      // The same key was faster; if not, the violation is the caller's.
      return replay(request, asked, find).orElseThrow(() -> e);
    } catch (KeyInFlightException e) {
      return replay(request, asked, find).orElseThrow(Idempotency::inProgress);
    }
  }

  private <T> T makeWithKey(
      IdempotentRequest request, String asked, Supplier<T> make, Function<T, String> id) {
    T made = make.get();
    keys.insert(request, new Use(request.fingerprint(asked), id.apply(made)));
    return made;
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  private static <T> T again(
      Use use, IdempotentRequest request, String asked, Function<String, T> find) {
    if (!use.fingerprint().equals(request.fingerprint(asked))) {
      throw new ProblemException(
          Problem.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key came with another request before. Give each request its own key;"
              + " send the same key only with what is the same.");
    }
    try {
      return find.apply(use.resourceId());
    } catch (ProblemException e) {
      if (e.problem() != Problem.NOT_FOUND) {
        throw e;
      }
      throw new ProblemException(
          Problem.IDEMPOTENCY_RESULT_DELETED,
          "This request was done before: it made %s, which has been deleted since. To do it again, send it with another Idempotency-Key."
              .formatted(use.resourceId()));
    }
  }

  private static ProblemException inProgress() {
    return new ProblemException(
            Problem.REQUEST_IN_PROGRESS,
            "Another request with this Idempotency-Key is being worked on. Send it again in a moment.")
        .retryAfter(1);
  }
}
