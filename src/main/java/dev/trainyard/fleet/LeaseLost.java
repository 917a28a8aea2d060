package dev.trainyard.fleet;

/**
 * This process can no longer be sure of its lease: others may take what it holds any moment, so it
 * must stop working on it now.
 */
public record LeaseLost() {}
