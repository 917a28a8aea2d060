package dev.trainyard.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that is measured.
 *
 * @param program what both programs call it
 * @param options ours
 * @param peerOptions Keras's; empty when it is not asked
 */
record Figure(String name, String program, String options, String peerOptions) {

  private static final Map<String, Figure> ALL = new LinkedHashMap<>();

  static {
    add("peak", "peak", "--steps 20", "");
    both("step-32", "step", "--batch 32 --steps 25");
    both("step-128", "step", "--batch 128 --steps 8");
    bfloat16("step-32-bfloat16", "step", "--batch 32 --steps 25");
    bfloat16("step-128-bfloat16", "step", "--batch 128 --steps 8");
    both("train-pipeline-32", "train_pipeline", "--batch 32 --steps 40");
    add(
        "train-pipeline-32-any-order",
        "train_pipeline",
        "--batch 32 --steps 40 --precision float32 --deterministic false",
        "");
    both("pipeline", "pipeline", "--batch 32 --warm 20 --steps 150");
    both("evaluate", "evaluate", "--batch 100");
    both("checkpoint", "checkpoint", "--steps 9");
    both("export", "export", "");
    both("start", "start", "--batch 32");
    add("start-ahead", "start_ahead", "--batch 32 --precision float32", "");
    both("job", "job", "--batch 32 --steps 300");
    add(
        "job-auto",
        "job",
        "--batch 32 --steps 300 --precision auto",
        "--batch 32 --steps 300 --precision float32");
    both("resnet18-96", "step", "--network resnet18 --size 96 --batch 32 --steps 12");
    bfloat16("resnet18-96-bfloat16", "step", "--network resnet18 --size 96 --batch 32 --steps 12");
    add("convert", "convert", "--scan full", "--coder header");
    add("convert-fast", "convert", "--scan fast", "--coder header");
    add("convert-session", "convert", "--scan full", "--coder session");
    add("convert-parts", "convert_parts", "", "");
    add("large", "large", "--images 100000 --side 580", "");
    add("predict", "predict", "--steps 1", "--batch 32");
    add("predict-without-batching", "predict", "--steps 1 --batch 1", "");
    add("listeners", "listeners", "--listeners 1000 --slow 100 --steps 400", "");
    add("queue-h2", "queue", "--database h2", "");
    add("queue-postgresql", "queue", "--database postgresql", "");
    add("curves-h2", "curves", "--database h2", "");
    add("curves-postgresql", "curves", "--database postgresql", "");
  }

  /** All but the one that needs a large disk. */
  static final List<String> USUAL =
      ALL.keySet().stream().filter(name -> !name.equals("large")).toList();

  static Figure named(String name) {
    Figure figure = ALL.get(name);
    if (figure == null) {
      throw new IllegalArgumentException("No figure " + name + "; there are " + ALL.keySet());
    }
    return figure;
  }

  boolean hasPeer() {
    return !peerOptions.isEmpty();
  }

  private static void both(String name, String program, String options) {
    String precise = (options + " --precision float32").strip();
    add(name, program, precise, precise);
  }

  private static void bfloat16(String name, String program, String options) {
    add(name, program, options + " --precision bfloat16", options + " --precision mixed_bfloat16");
  }

  private static void add(String name, String program, String options, String peerOptions) {
    ALL.put(name, new Figure(name, program, options, peerOptions));
  }
}
