package dev.trainyard.event;

/** This process has written an event; published before the commit. */
public record EventAppended() {}
