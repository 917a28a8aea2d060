package dev.trainyard.problem;

/**
 * One wrong field.
 *
 * @param field its path in the request, like {@code training.batchSize}, or a parameter's name
 * @param message what is wrong and what would be right
 */
public record FieldProblem(String field, String message) {}
