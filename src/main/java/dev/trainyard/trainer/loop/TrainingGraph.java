package dev.trainyard.trainer.loop;

import dev.trainyard.spec.EvaluationBatches;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.evaluation.Predictions;
import dev.trainyard.trainer.graph.Saver;
import dev.trainyard.trainer.graph.Snapshot;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.input.Batches;
import dev.trainyard.trainer.input.InputFunction;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.network.Network;
import dev.trainyard.trainer.network.Networks;
import dev.trainyard.trainer.network.layer.Pass;
import dev.trainyard.trainer.optimizer.UpdateStep;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.summary.SummaryOutputs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Everything that one job runs, in one graph: two pipelines, the passes through the same weights,
 * the optimizer and the saver.
 *
 * @param skip records that the training pipeline leaves out when it restarts
 * @param parts what one step runs, one after the other: a single one unless gradients accumulate
 * @param score of the steps
 * @param probabilities {@code [n, classes]} of the evaluation batch
 * @param pictures the first images of the first training batch, a summary to fetch with a part
 * @param histograms of the weights, a summary; null when the job does not want them
 * @param initializer gives all variables their initial values
 * @param transients gives them to those that no checkpoint holds
 * @param snapshot of all variables, which a checkpoint is written of
 * @param memory that a step needs
 */
record TrainingGraph(
    Variables variables,
    Placeholder<TInt64> skip,
    Batches training,
    List<Op> parts,
    StepScore score,
    Batches evaluation,
    Predictions evaluated,
    Operand<TFloat32> probabilities,
    Operand<TString> pictures,
    @Nullable Operand<TString> histograms,
    Op initializer,
    Op transients,
    Snapshot snapshot,
    MemoryNeed memory) {

  static TrainingGraph in(
      Graph graph, TrainingPlan plan, TrainingInput images, Accelerator accelerator) {
    InputFunction input = images.in(graph);
    TrainingSpec training = plan.spec().training();
    Placeholder<TInt64> skip =
        Ops.create(graph)
            .withName("skip")
            .placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    long usable = images.data().validationExamples();
    EvaluationBatches cut = EvaluationBatches.of(plan.spec(), usable);
    if (cut.size() == 0) {
      throw new PlanException(
          "Only %d validation images can be read, too few for training.evaluateRemainder: false."
              .formatted(usable));
    }
    int partSize = training.batchSize() / training.gradientAccumulationSteps();
    return in(
        graph,
        plan,
        accelerator,
        skip,
        input.training(partSize, training.seed(), skip),
        input.evaluation(cut.size(), cut.fullOnly()));
  }

  /**
   * @param batches of {@code batchSize} divided by the accumulation steps
   */
  static TrainingGraph in(
      Graph graph,
      TrainingPlan plan,
      Accelerator accelerator,
      Placeholder<TInt64> skip,
      Batches batches,
      Batches validation) {
    JobSpec spec = plan.spec();
    TrainingSpec training = spec.training();
    Ops ops = Ops.create(graph);
    Variables variables = new Variables(graph);
    Network network = Networks.of(spec.model(), spec.input(), plan.data().labels().size());

    int parts = training.gradientAccumulationSteps();
    Variable<TInt64> globalStep = variables.counter("global_step");
    ReplicatedPass pass =
        ReplicatedPass.of(
            new ReplicatedPass.Common(
                graph,
                variables,
                network,
                batches,
                Accumulation.part(ops, variables, training.batchSize(), parts),
                training.seed(),
                training.labelSmoothing(),
                globalStep.value()),
            accelerator.replicaDevices());
    Accumulation accumulation = Accumulation.of(ops, variables, pass.gradients(), parts);
    UpdateStep update =
        UpdateStep.of(
            ops,
            variables,
            accumulation.total(),
            training,
            plan.data().trainExamples(),
            globalStep.value());
    StepScore score = StepScore.of(ops, variables, pass.scores(), update.learningRate());

    List<Op> always = new ArrayList<>(pass.updates());
    always.add(score.counted());
    Operand<TString> pictures = SummaryOutputs.images(ops, batches.images(), globalStep.value());
    always.add(pictures); // before the global step moves on
    List<Op> updates = new ArrayList<>(always);
    updates.add(update.done());
    Op step =
        ops.withControlDependencies(updates)
            .assignAddVariableOp(globalStep.handle(), ops.constant(1L));

    MemoryNeed memory =
        MemoryNeed.of(
            graph,
            variables,
            training.batchSize(),
            parts,
            spec.accelerator().replicas(),
            accelerator.precision());
    Operand<TFloat32> evaluationLogits =
        network.logits(Pass.inference(ops, variables, training.seed()), validation.images());
    Saver.add(ops, variables.saved());
    return new TrainingGraph(
        variables,
        skip,
        batches,
        accumulation.runs(ops, always, step),
        score,
        validation,
        Predictions.of(ops, evaluationLogits, validation.labels()),
        ops.nn.softmax(evaluationLogits),
        pictures,
        training.histograms() ? SummaryOutputs.histograms(ops, variables) : null,
        variables.initializer(),
        variables.transientInitializer(),
        new Snapshot(graph, variables.saved()),
        memory);
  }
}
