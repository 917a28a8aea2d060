package dev.trainyard.fuzz;

import java.util.Locale;

/** Where Jazzer begins, with a {@link Target} as its argument: src/docs/security.md. */
public final class Fuzz {

  private static BoundedTarget target = Target.ZIP.open();

  private Fuzz() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = Target.valueOf(arguments[0].toUpperCase(Locale.ROOT).replace('-', '_')).open();
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
    target.take(bytes);
  }
}
