package dev.trainyard.trainer.imports;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.device.NativeMemory;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.ImportVerdict;
import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.SavedModel;

/**
 * Looks into the SavedModel in the folder that is its one argument, and says its {@link
 * ImportVerdict}.
 */
public final class ImportMain {

  /** Of {@code saved_model.pb}: weights are not in it. */
  private static final int LARGEST_GRAPH = 256 << 20;

  /** Messages in messages; TensorFlow's own exports have about ten. */
  private static final int DEEPEST_MESSAGE = 64;

  private ImportMain() {}

  public static void main(String[] arguments) {
    NativeMemory.leaveToTheSystem();
    PrintStream out = System.out;
    System.setOut(System.err); // the verdict only, whatever a library prints
    try {
      ImportVerdict verdict = look(Path.of(arguments[0]));
      out.write(SpecJson.MAPPER.writeValueAsBytes(verdict));
      out.write("\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      System.exit(ExitCode.FINISHED.code());
    } catch (Throwable e) { // whatever it is, the model is not let in
      e.printStackTrace();
      System.exit(ExitCode.NOT_RETRIABLE.code());
    }
  }

  static ImportVerdict look(Path folder) throws IOException {
    Path file = folder.resolve("saved_model.pb");
    if (Files.size(file) > LARGEST_GRAPH) {
      return refused("saved_model.pb has more than %,d MB".formatted(LARGEST_GRAPH >> 20));
    }
    SavedModel model;
    try (InputStream in = Files.newInputStream(file)) {
      CodedInputStream coded = CodedInputStream.newInstance(in);
      coded.setSizeLimit(LARGEST_GRAPH);
      coded.setRecursionLimit(DEEPEST_MESSAGE);
      model = SavedModel.parseFrom(coded);
    } catch (InvalidProtocolBufferException e) {
      return refused("saved_model.pb cannot be read: " + e.getMessage());
    }
    return SavedModelAudit.of(model, folder);
  }

  private static ImportVerdict refused(String why) {
    return new ImportVerdict.Refused(List.of(new Finding("", "", "saved_model.pb", why)));
  }
}
