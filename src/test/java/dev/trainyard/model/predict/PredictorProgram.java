package dev.trainyard.model.predict;

import dev.trainyard.model.tensor.Strings;
import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.trainer.protocol.PredictorFrame;
import dev.trainyard.trainer.protocol.PredictorMessage.Answer;
import dev.trainyard.trainer.protocol.PredictorMessage.BadRow;
import dev.trainyard.trainer.protocol.PredictorMessage.Failed;
import dev.trainyard.trainer.protocol.PredictorMessage.Load;
import dev.trainyard.trainer.protocol.PredictorMessage.Ready;
import dev.trainyard.trainer.protocol.PredictorMessage.Run;
import dev.trainyard.trainer.protocol.PredictorMessage.Warm;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A predictor process without TensorFlow that keeps to the protocol, and misbehaves on demand: by
 * what stands in saved_model.pb while it loads, and by what stands in an image afterwards. An image
 * is recognised by its first byte, modulo the number of labels.
 */
public final class PredictorProgram {

  public static final String UNLOADABLE = "unloadable";
  public static final String UNSIGNED = "unsigned";
  public static final String SLOW_TO_LOAD = "slow to load";
  public static final String LARGE = "large";

  public static final String CRASH = "crash";
  public static final String CRASH_ONCE = "crash once";
  public static final String HANG = "hang";
  public static final String STOP_READING = "stop reading";
  public static final String NO_IMAGE = "no image";

  /** Tells each row how many rows were asked together; a negative one waits for {@link #gate}. */
  static final String CROWD = "crowd";

  /** Gives one row, however many are asked. */
  static final String LONELY = "lonely";

  private static final String PREDICT = "tensorflow/serving/predict";

  private final Path model;
  private final List<String> labels;

  private PredictorProgram(Path model) throws IOException {
    this.model = model;
    this.labels = Files.readAllLines(model.resolve("assets/labels.txt"));
  }

  public static void main(String[] arguments) throws Exception {
    OutputStream out = System.out;
    new PredictorFrame(new Warm()).writeTo(out);
    PredictorFrame first = PredictorFrame.read(System.in, 0);
    if (first == null) {
      return;
    }
    Path model = Path.of(((Load) first.message()).folder());
    long memory = 50L << 20;
    Map<String, SignatureInfo> signatures = signatures();
    switch (Files.readString(model.resolve("saved_model.pb"), StandardCharsets.ISO_8859_1)) {
      case UNLOADABLE -> {
        System.err.println("The graph has an operation that is not known: Frobnicate");
        System.exit(1);
      }
      case UNSIGNED -> signatures = Map.of();
      case SLOW_TO_LOAD -> LockSupport.park();
      case LARGE -> memory = 600L << 20;
      default -> {}
    }
    new PredictorFrame(new Ready(signatures, memory)).writeTo(out);
    PredictorProgram program = new PredictorProgram(model);
    PredictorFrame frame;
    while ((frame = PredictorFrame.read(System.in, Integer.MAX_VALUE)) != null) {
      Run run = (Run) frame.message();
      try {
        program.answer(run, frame.tensors(), memory).writeTo(out);
      } catch (RuntimeException | CorruptRecordException e) { // as TensorFlow does
        new PredictorFrame(new Failed(run.id(), e.toString())).writeTo(out);
      }
      if (frame.tensors().get(0).type() == TensorType.STRING
          && text(frame.tensors().get(0).strings().get(0)).equals(STOP_READING)) {
        LockSupport.park();
      }
    }
  }

  /** The signatures that it says its models have. */
  public static Map<String, SignatureInfo> signatures() {
    SignatureInfo images =
        new SignatureInfo(
            PREDICT,
            List.of(new TensorInfo("image_bytes", "STRING", List.of(-1L))),
            List.of(
                new TensorInfo("class", "STRING", List.of(-1L)),
                new TensorInfo("classid", "INT32", List.of(-1L)),
                new TensorInfo("probabilities", "FLOAT", List.of(-1L, 5L))));
    Map<String, SignatureInfo> signatures = new TreeMap<>();
    signatures.put("classes", images);
    signatures.put("serving_default", images);
    for (TensorType type : TensorType.values()) {
      TensorInfo x = new TensorInfo("x", type.name(), List.of(-1L));
      signatures.put("echo_" + type, new SignatureInfo(PREDICT, List.of(x), List.of(x)));
    }
    TensorInfo pairs = new TensorInfo("pairs", "FLOAT", List.of(-1L, 2L));
    TensorInfo words = new TensorInfo("words", "STRING", null);
    signatures.put("two", new SignatureInfo(PREDICT, List.of(pairs, words), List.of(pairs, words)));
    TensorInfo square = new TensorInfo("square", "FLOAT", List.of(2L, 2L));
    signatures.put("whole", new SignatureInfo(PREDICT, List.of(square), List.of(square)));
    TensorInfo x = new TensorInfo("x", "FLOAT", List.of(-1L));
    TensorInfo rows = new TensorInfo("rows", "INT32", List.of(-1L));
    signatures.put(CROWD, new SignatureInfo(PREDICT, List.of(x), List.of(rows)));
    signatures.put(LONELY, new SignatureInfo(PREDICT, List.of(x), List.of(rows)));
    TensorInfo examples = new TensorInfo("examples", "STRING", List.of(-1L));
    signatures.put(
        "sizes",
        new SignatureInfo(
            "tensorflow/serving/classify",
            List.of(examples),
            List.of(
                new TensorInfo("classes", "STRING", List.of(-1L, 2L)),
                new TensorInfo("scores", "FLOAT", List.of(-1L, 2L)))));
    signatures.put(
        "twice",
        new SignatureInfo(
            "tensorflow/serving/regress",
            List.of(examples),
            List.of(new TensorInfo("outputs", "FLOAT", List.of(-1L, 1L)))));
    return signatures;
  }

  /** Appears when the model's process has been asked to hang, or waits for its gate. */
  static Path hanging(Path model) {
    return model.resolveSibling("hanging");
  }

  /** Once it is there, what waits goes on. */
  static Path gate(Path model) {
    return model.resolveSibling("gate");
  }

  private PredictorFrame answer(Run run, List<TensorData> inputs, long memory) throws Exception {
    List<BadRow> bad = new ArrayList<>();
    List<TensorData> outputs =
        switch (run.signature()) {
          case "classes", "serving_default" -> classes(inputs.get(0).strings(), bad);
          case CROWD -> crowd(inputs.get(0));
          case LONELY -> List.of(ints("rows", List.of(run.rows())));
          case "sizes" -> sizes(inputs.get(0).strings());
          case "twice" -> twice(inputs.get(0).strings());
          default -> inputs;
        };
    int bytes = outputs.stream().mapToInt(it -> it.content().remaining()).sum();
    return bytes > run.most()
        ? new PredictorFrame(new Failed(run.id(), "too large"))
        : new PredictorFrame(new Answer(run.id(), bad, memory), outputs);
  }

  private List<TensorData> classes(List<byte[]> images, List<BadRow> bad) throws IOException {
    List<byte[]> names = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    List<Float> probabilities = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      byte[] image = images.get(i);
      switch (text(image)) {
        case CRASH -> Runtime.getRuntime().halt(134);
        case CRASH_ONCE -> crashUnlessItDid();
        case HANG -> {
          Files.createFile(hanging(model));
          LockSupport.park();
        }
        case NO_IMAGE -> {
          bad.add(new BadRow(i, "is not a JPEG or PNG image"));
          continue;
        }
        default -> {}
      }
      int classid = (image[0] & 0xff) % labels.size();
      names.add(labels.get(classid).getBytes(StandardCharsets.UTF_8));
      ids.add(classid);
      for (int label = 0; label < labels.size(); label++) {
        probabilities.add(label == classid ? 1f : 0f);
      }
    }
    return ids.isEmpty()
        ? List.of()
        : List.of(
            Strings.tensor("class", names),
            ints("classid", ids),
            floats("probabilities", probabilities, ids.size(), labels.size()));
  }

  private List<TensorData> crowd(TensorData x) throws IOException {
    FloatBuffer values = x.content().asFloatBuffer();
    List<Integer> rows = new ArrayList<>();
    boolean waits = false;
    while (values.hasRemaining()) {
      waits |= values.get() < 0;
      rows.add((int) x.rows());
    }
    if (waits) {
      Files.createFile(hanging(model));
      while (!Files.exists(gate(model))) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    return List.of(ints("rows", rows));
  }

  private static List<TensorData> sizes(List<byte[]> examples) throws CorruptRecordException {
    List<byte[]> classes = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    for (byte[] example : examples) {
      classes.add("small".getBytes(StandardCharsets.UTF_8));
      classes.add("large".getBytes(StandardCharsets.UTF_8));
      scores.add(1 - feature(example));
      scores.add(feature(example));
    }
    TensorData flat = Strings.tensor("classes", classes);
    List<Long> shape = List.of((long) examples.size(), 2L);
    return List.of(
        new TensorData("classes", TensorType.STRING, shape, flat.content()),
        floats("scores", scores, examples.size(), 2));
  }

  private static List<TensorData> twice(List<byte[]> examples) throws CorruptRecordException {
    List<Float> values = new ArrayList<>();
    for (byte[] example : examples) {
      values.add(2 * feature(example));
    }
    return List.of(floats("outputs", values, examples.size(), 1));
  }

  private static float feature(byte[] example) throws CorruptRecordException {
    Feature x = Objects.requireNonNull(Example.parse(example).features().get("x"));
    return ((Feature.Floats) x).values().get(0);
  }

  private static TensorData ints(String name, List<Integer> values) {
    ByteBuffer content =
        ByteBuffer.allocate(values.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(content::putInt);
    return new TensorData(name, TensorType.INT32, List.of((long) values.size()), content.flip());
  }

  private static TensorData floats(String name, List<Float> values, long rows, long width) {
    ByteBuffer content =
        ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(content::putFloat);
    return new TensorData(name, TensorType.FLOAT, List.of(rows, width), content.flip());
  }

  private static String text(byte[] image) {
    return new String(image, 0, Math.min(image.length, 16), StandardCharsets.ISO_8859_1);
  }

  private void crashUnlessItDid() throws IOException {
    Path memory = model.resolveSibling("crashed");
    if (!Files.exists(memory)) {
      Files.createFile(memory);
      Runtime.getRuntime().halt(139);
    }
  }
}
