package dev.trainyard.fleet;

/** The lease could not be renewed for a while: there is still time to stop in good order. */
public record LeaseAtRisk() {}
