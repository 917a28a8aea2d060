package dev.trainyard.model;

/** Implemented by whoever uses versions of models, so that none is deleted from under it. */
public interface ModelUse {

  boolean inUse(String model, int version);
}
