package dev.trainyard.plot;

import java.util.List;

/**
 * How often each class was taken for which.
 *
 * @param labels of the classes
 * @param counts a row for each true class, a column for each predicted one; empty when there is
 *     nothing to draw
 * @param empty what is said then
 */
public record Matrix(
    String title, String subtitle, List<String> labels, List<List<Long>> counts, String empty)
    implements Picture {}
