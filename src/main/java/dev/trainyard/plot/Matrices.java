package dev.trainyard.plot;

import java.util.List;

/** Several matrices side by side, each with its title. */
public record Matrices(String title, String subtitle, List<Matrix> matrices) implements Picture {}
