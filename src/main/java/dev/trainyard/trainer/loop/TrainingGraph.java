package dev.trainyard.trainer.loop;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.graph.Saver;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.input.Batches;
import dev.trainyard.trainer.input.InputFunction;
import dev.trainyard.trainer.network.Classification;
import dev.trainyard.trainer.network.Network;
import dev.trainyard.trainer.network.Networks;
import dev.trainyard.trainer.network.Pass;
import dev.trainyard.trainer.optimizer.Optimizers;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Everything that one job runs, in one graph: two pipelines, two passes through the same weights,
 * the optimizer and the saver.
 *
 * @param skip records that the training pipeline leaves out when it restarts
 * @param step one training step; whoever runs it may fetch {@code trained} too
 * @param probabilities {@code [n, classes]} of the evaluation batch
 * @param initializer gives all variables their initial values
 * @param finite whether all variables are numbers
 */
record TrainingGraph(
    Variables variables,
    Placeholder<TInt64> skip,
    Batches training,
    Op step,
    Classification trained,
    Batches evaluation,
    Classification evaluated,
    Operand<TFloat32> probabilities,
    Op initializer,
    Operand<TBool> finite) {

  static TrainingGraph in(Graph graph, TrainingPlan plan) {
    JobSpec spec = plan.spec();
    TrainingSpec training = spec.training();
    Ops ops = Ops.create(graph);
    Variables variables = new Variables(graph);
    InputFunction input = new InputFunction(graph, plan.data(), spec.input());
    Network network = Networks.of(spec.model(), plan.data().labels().size());

    Placeholder<TInt64> skip =
        ops.withName("skip").placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    Batches batches = input.training(training.batchSize(), training.seed(), skip);
    Variable<TInt64> globalStep = variables.counter("global_step");
    Pass pass = Pass.training(ops, variables, training.seed(), globalStep.value());
    Operand<TFloat32> logits = network.logits(pass, batches.images());
    Classification trained = Classification.of(ops, logits, batches.labels());

    List<Op> updates = new ArrayList<>(pass.updates());
    updates.add(
        Optimizers.of(training.optimizer())
            .apply(ops, variables, gradients(graph, trained.loss(), variables)));
    Op step =
        ops.withControlDependencies(updates)
            .assignAddVariableOp(globalStep.handle(), ops.constant(1L));

    Batches validation = input.evaluation(evaluationBatchSize(plan));
    Operand<TFloat32> evaluationLogits =
        network.logits(Pass.inference(ops, variables, training.seed()), validation.images());
    Saver.add(ops, variables.all());
    return new TrainingGraph(
        variables,
        skip,
        batches,
        step,
        trained,
        validation,
        Classification.of(ops, evaluationLogits, validation.labels()),
        ops.nn.softmax(evaluationLogits),
        variables.initializer(),
        variables.allFinite());
  }

  private static List<Operand<TFloat32>> gradients(
      Graph graph, Operand<TFloat32> loss, Variables variables) {
    Output<?>[] weights =
        variables.weights().stream()
            .map(weight -> weight.value().asOutput())
            .toArray(Output<?>[]::new);
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (Output<?> gradient : graph.addGradients(loss.asOutput(), weights)) {
      gradients.add(gradient.expect(TFloat32.class));
    }
    return gradients;
  }

  private static int evaluationBatchSize(TrainingPlan plan) {
    Integer wanted = plan.spec().training().evaluationBatchSize();
    if (wanted != null) {
      return wanted;
    }
    int batchSize = plan.spec().training().batchSize();
    long examples = plan.data().validationExamples();
    return examples > 0 ? (int) Math.min(batchSize, examples) : batchSize;
  }
}
