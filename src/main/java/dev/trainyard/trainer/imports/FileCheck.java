package dev.trainyard.trainer.imports;

import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Where operations stand that read and write files. The loader runs the saver's restore operation
 * and gives it the path of the model's own variables; it runs the initialization and gives it the
 * paths of the model's own assets, from which tables are filled; nobody ever runs the saver's save
 * operation. So reading is let in where it belongs to one of the former and takes its path from the
 * loader, writing where it belongs to the latter; and none of it where a signature leads.
 */
final class FileCheck {

  private static final String RESTORE = "RestoreV2";
  private static final String FILL = "InitializeTableFromTextFileV2";

  /** They stand in every model with variables or a vocabulary, and may stand nowhere else. */
  static final Set<String> OPERATIONS =
      Set.of(RESTORE, FILL, "SaveV2", "MergeV2Checkpoints", "ShardedFilename");

  private final MetaGraphDef metaGraph;
  private final String graphName;
  private final Reach reach;
  private final Entrances entrances;
  private final Set<Finding> findings = new LinkedHashSet<>();

  FileCheck(MetaGraphDef metaGraph, String graphName, Reach reach, Entrances entrances) {
    this.metaGraph = metaGraph;
    this.graphName = graphName;
    this.reach = reach;
    this.entrances = entrances;
  }

  List<Finding> run() {
    AssetPaths assets = new AssetPaths(metaGraph, reach);
    reach.nodes().values().forEach(node -> look(node, graphName, Reach.Run::nodes, node.getName()));
    Map<String, List<NodeDef>> touching = touching();
    for (String name : touching.isEmpty() ? Set.<String>of() : reach.functions().keySet()) {
      for (String called : reach.from(List.of(name))) {
        String where =
            graphName
                + ", function "
                + name
                + (called.equals(name) ? "" : ", which calls " + called);
        for (NodeDef node : touching.getOrDefault(called, List.of())) {
          look(node, where, Reach.Run::functions, name);
          if (isOffered(name) && !(node.getOp().equals(FILL) && assets.areAllThatIsBoundTo(name))) {
            add(node, where, "may be called by itself, with another file than one of the assets");
          }
        }
      }
    }
    String variables = Reach.tensorOf(metaGraph.getSaverDef().getFilenameTensorName());
    // The tensor, not the node: of a node with several outputs the loader replaces just one.
    paths(RESTORE, 0, tensor -> Reach.tensorOf(tensor).equals(variables), "the model's variables")
        .check(entrances.restored());
    paths(FILL, 1, assets, "one of the model's assets").check(entrances.initialized());
    return List.copyOf(findings);
  }

  private GivenPaths paths(String reader, int input, Predicate<String> given, String own) {
    return new GivenPaths(
        reach, graphName, reader, input, given, "reads another file than " + own, this::add);
  }

  /** Whether Python would offer it to its users. */
  private boolean isOffered(String function) {
    return metaGraph.getObjectGraphDef().containsConcreteFunctions(function);
  }

  /** Functions that have such operations themselves. */
  private Map<String, List<NodeDef>> touching() {
    Map<String, List<NodeDef>> all = new HashMap<>();
    reach
        .functions()
        .forEach(
            (name, function) -> {
              List<NodeDef> nodes =
                  function.getNodeDefList().stream()
                      .filter(node -> OPERATIONS.contains(node.getOp()))
                      .toList();
              if (!nodes.isEmpty()) {
                all.put(name, nodes);
              }
            });
    return all;
  }

  /**
   * @param name of the node or function that runs it
   */
  private void look(
      NodeDef node, String where, Function<Reach.Run, Set<String>> part, String name) {
    String operation = node.getOp();
    if (!OPERATIONS.contains(operation)) {
      return;
    }
    boolean fills = operation.equals(FILL);
    boolean restores = operation.equals(RESTORE);
    boolean initialized = part.apply(entrances.initialized()).contains(name);
    boolean restored = part.apply(entrances.restored()).contains(name);
    boolean saved = part.apply(entrances.saved()).contains(name);
    if (part.apply(entrances.served()).contains(name) || initialized && !fills) {
      add(node, where, "is run by a signature or an initialization, which must not touch files");
    } else if (restored && !restores) {
      add(node, where, "is run when variables are restored, and writes or reads another file");
    } else if (fills ? !initialized : restores ? !restored : !saved) {
      add(
          node,
          where,
          "does not belong to the model's saver or initialization, and reads or writes a file");
    }
  }

  private void add(NodeDef node, String where, String why) {
    add(new Finding(node.getOp(), node.getName(), where, why));
  }

  private void add(Finding finding) {
    if (findings.size() < GraphAudit.MOST_FINDINGS) {
      findings.add(finding);
    }
  }
}
