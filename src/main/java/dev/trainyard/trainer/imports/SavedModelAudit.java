package dev.trainyard.trainer.imports;

import dev.trainyard.trainer.graph.KnownOperations;
import dev.trainyard.trainer.protocol.ImportVerdict;
import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorShapeProto;

/** Looks into all meta graphs of a SavedModel: whoever loads it chooses among them. */
final class SavedModelAudit {

  private static final String SERVE = "serve";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private SavedModelAudit() {}

  /**
   * @param folder of the model, with its assets
   */
  static ImportVerdict of(SavedModel model, Path folder) {
    List<Finding> findings = new ArrayList<>();
    Set<String> allowed = AllowedOperations.read();
    long parameters = 0;
    boolean served = false;
    for (int i = 0; i < model.getMetaGraphsCount(); i++) {
      MetaGraphDef metaGraph = model.getMetaGraphs(i);
      findings.addAll(new GraphAudit(metaGraph, i, allowed, KnownOperations::contains).run());
      assets(metaGraph, i, folder, findings);
      if (metaGraph.getMetaInfoDef().getTagsList().contains(SERVE)) {
        served = true;
        parameters = parameters(metaGraph);
      }
    }
    if (!served) {
      findings.add(new Finding("", "", "saved_model.pb", "has no meta graph with the tag 'serve'"));
    }
    return findings.isEmpty()
        ? new ImportVerdict.Accepted(parameters)
        : new ImportVerdict.Refused(
            List.copyOf(findings.subList(0, Math.min(GraphAudit.MOST_FINDINGS, findings.size()))));
  }

  /** The loader gives the graph the paths of assets. */
  private static void assets(
      MetaGraphDef metaGraph, int index, Path folder, List<Finding> findings) {
    for (AssetFileDef asset : AssetPaths.assets(metaGraph)) {
      String name = asset.getFilename();
      if (!PLAIN.matcher(name).matches()
          || !Files.isRegularFile(
              folder.resolve("assets").resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        findings.add(
            new Finding(
                "asset",
                Reach.nodeOf(asset.getTensorInfo().getName()),
                "meta graph " + index,
                "'" + name + "' is no plain file in the folder assets"));
      }
    }
  }

  private static long parameters(MetaGraphDef metaGraph) {
    long sum = 0;
    for (NodeDef node : metaGraph.getGraphDef().getNodeList()) {
      if (GraphAudit.VARIABLES.contains(node.getOp())) {
        long values = 1;
        for (TensorShapeProto.Dim dim :
            node.getAttrOrDefault("shape", AttrValue.getDefaultInstance())
                .getShape()
                .getDimList()) {
          values *= Math.max(0, Math.min(dim.getSize(), Integer.MAX_VALUE));
        }
        sum += Math.max(0, values);
      }
    }
    return sum;
  }
}
