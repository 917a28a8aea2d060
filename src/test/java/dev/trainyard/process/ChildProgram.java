package dev.trainyard.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.springframework.util.unit.DataSize;

/**
 * Says what it was started with and repeats its standard input; asked to by its first argument, it
 * also says what environment its own children would get.
 */
public final class ChildProgram {

  static final String NAME_INHERITED = "name-inherited";

  private ChildProgram() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("arguments " + String.join(" ", arguments));
    out.println("heap " + Runtime.getRuntime().maxMemory() / (1 << 20));
    out.println("encoding " + System.getProperty("file.encoding"));
    if (arguments.length > 0 && arguments[0].equals(NAME_INHERITED)) {
      Child grandchild = new ChildJvm().of("Main", DataSize.ofMegabytes(16), List.of());
      grandchild.builder().environment().keySet().forEach(name -> out.println("inherited " + name));
    }
    out.println("folder " + Path.of("").toAbsolutePath());
    out.println("loader " + ChildProgram.class.getClassLoader().getClass().getSimpleName());
    System.in.transferTo(out);
  }
}
