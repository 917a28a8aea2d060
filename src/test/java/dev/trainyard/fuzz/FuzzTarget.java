package dev.trainyard.fuzz;

/** Reads bytes as a stranger would send them. Whatever it throws is a finding. */
@FunctionalInterface
public interface FuzzTarget {

  void take(byte[] bytes) throws Exception;
}
