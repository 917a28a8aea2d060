package dev.trainyard.trainer.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.graph.KnownOperations;
import dev.trainyard.trainer.loop.Trainer;
import dev.trainyard.trainer.protocol.ImportVerdict;
import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TString;

/** A model that the trainer made is let in; the same model with something hidden in it is not. */
class SavedModelAuditTest {

  private static Path folder;
  private static SavedModel good;

  @BeforeAll
  static void train(@TempDir Path shared) throws IOException {
    TrainingPlan plan =
        new TinyPlan(shared.resolve("job"), TinyImages.write(shared, 24, 6)).steps(2, 2).build();
    Trainer.train(plan, event -> {}, () -> false);
    folder = plan.export();
    good = SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
  }

  @Test
  void a_model_of_ours_is_let_in_with_its_parameters() throws IOException {
    assertThat(ImportMain.look(folder))
        .isInstanceOfSatisfying(
            ImportVerdict.Accepted.class, it -> assertThat(it.parameters()).isGreaterThan(1000));
  }

  @Test
  void the_list_has_only_operations_that_there_are_and_none_that_touches_files() {
    assertThat(AllowedOperations.read())
        .allMatch(KnownOperations::contains)
        .hasSizeGreaterThan(500);
    assertThat(AllowedOperations.read())
        .noneMatch(it -> it.matches(".*(File|Dataset|Reader|PyFunc|Print|Debug|Xla|TPU|Summary).*"))
        .noneMatch(it -> it.matches(".*(Send|Recv|Remote|Collective|Restore|Save|Queue).*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReadFile",
        "WriteFile",
        "MatchingFiles",
        "PyFunc",
        "EagerPyFunc",
        "PrintV2",
        "_Send",
        "RemoteCall",
        "TFRecordDataset",
        "TextLineReaderV2",
        "InitializeTableFromTextFileV2",
        "DebugIdentityV2",
        "XlaLaunch",
        "ImmutableConst",
        "Abort",
        "RestoreSlice",
        "SomebodysOwn"
      })
  void an_operation_that_does_more_than_compute_is_named(String operation) {
    List<Finding> findings = refused(graph -> graph.getGraphDefBuilder().addNode(node(operation)));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).operation()).isEqualTo(operation);
    assertThat(findings.get(0).node()).isEqualTo("leak");
    assertThat(findings.get(0).where()).isEqualTo("meta graph 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"While", "StatelessIf", "MapDefun", "PartitionedCall"})
  void it_is_found_in_a_function_in_a_function(String caller) {
    List<Finding> findings =
        refused(
            graph -> {
              function(graph, "inner", node("WriteFile"));
              function(graph, "outer", call("PartitionedCall", "inner"));
              graph.getGraphDefBuilder().addNode(call(caller, "outer"));
            });
    assertThat(findings)
        .singleElement()
        .satisfies(it -> assertThat(it.where()).isEqualTo("meta graph 0, function inner"));
  }

  @Test
  void it_is_found_in_a_function_that_nobody_calls() {
    assertThat(refused(graph -> function(graph, "unused", node("ReadFile")))).hasSize(1);
  }

  @Test
  void it_is_found_in_a_second_meta_graph() {
    SavedModel.Builder model = good.toBuilder();
    model.addMetaGraphs(
        MetaGraphDef.newBuilder().setGraphDef(GraphDef.newBuilder().addNode(node("ReadFile"))));
    assertThat(audit(model.build()))
        .singleElement()
        .satisfies(it -> assertThat(it.where()).isEqualTo("meta graph 1"));
  }

  @Test
  void a_graph_that_tensorflow_made_is_looked_at_too() throws IOException {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      ops.withName("leak").io.writeFile(ops.constant("/tmp/x"), ops.placeholder(TString.class));
      List<Finding> findings =
          refused(it -> it.getGraphDefBuilder().addAllNode(graph.toGraphDef().getNodeList()));
      assertThat(findings).extracting(Finding::operation).containsExactly("WriteFile");
    }
  }

  @Test
  void a_signature_must_not_lead_to_the_saver() {
    for (String tensor : List.of("save/restore_all", "save/control_dependency:0")) {
      List<Finding> findings =
          refused(
              graph ->
                  graph.putSignatureDef(
                      "leak",
                      SignatureDef.newBuilder()
                          .putOutputs("out", TensorInfo.newBuilder().setName(tensor).build())
                          .build()));
      assertThat(findings).isNotEmpty().allMatch(it -> it.why().contains("signature"));
    }
  }

  @Test
  void an_initializer_must_not_lead_to_the_saver() {
    List<Finding> findings =
        refused(
            graph ->
                graph.putCollectionDef(
                    "saved_model_main_op",
                    CollectionDef.newBuilder()
                        .setNodeList(
                            CollectionDef.NodeList.newBuilder().addValue("save/restore_all"))
                        .build()));
    assertThat(findings).isNotEmpty().allMatch(it -> it.operation().equals("RestoreV2"));
  }

  @Test
  void variables_are_restored_from_the_path_that_the_loader_gives() {
    List<Finding> constant =
        refused(
            graph -> {
              graph.getGraphDefBuilder().addNode(text("elsewhere"));
              restore(graph, "elsewhere");
            });
    assertThat(constant).singleElement().matches(it -> it.why().contains("another file"));

    // The second output of the node whose first one the loader replaces.
    List<Finding> other = refused(graph -> restore(graph, "save/filename:1"));
    assertThat(other).singleElement().matches(it -> it.why().contains("another file"));

    MetaGraphDef.Builder through = good.getMetaGraphs(0).toBuilder();
    through
        .getGraphDefBuilder()
        .addNode(NodeDef.newBuilder().setName("copy").setOp("Identity").addInput("save/filename"));
    restore(through, "copy");
    assertThat(audit(good.toBuilder().setMetaGraphs(0, through).build())).isEmpty();
  }

  @Test
  void a_saver_in_functions_is_followed_as_python_writes_it() {
    assertThat(audit(saverInFunctions("prefix"))).isEmpty();
    assertThat(audit(saverInFunctions("elsewhere:output:0")))
        .singleElement()
        .matches(it -> it.why().contains("another file"));
  }

  @Test
  void writing_belongs_to_the_saver_alone() {
    assertThat(refused(graph -> graph.getGraphDefBuilder().addNode(node("SaveV2"))))
        .singleElement()
        .matches(it -> it.why().contains("does not belong"));
    assertThat(refused(graph -> function(graph, "unused", node("SaveV2")))).hasSize(1);
    assertThat(
            refused(
                graph -> {
                  NodeDef.Builder all = named(graph, "save/restore_all");
                  all.addInput("^save/control_dependency");
                }))
        .isNotEmpty()
        .allMatch(it -> it.why().contains("writes"));
  }

  @Test
  void a_function_that_may_take_anothers_place_is_no_way_to_the_saver() {
    List<Finding> findings =
        refused(
            graph -> {
              function(graph, "swapped", node("SaveV2"));
              graph
                  .getGraphDefBuilder()
                  .getLibraryBuilder()
                  .getFunctionBuilder(graph.getGraphDef().getLibrary().getFunctionCount() - 1)
                  .putAttr("api_implements", AttrValue.getDefaultInstance());
              graph.getGraphDefBuilder().addNode(call("PartitionedCall", "swapped"));
              named(graph, "save/control_dependency").addInput("^leak");
            });
    assertThat(findings).isNotEmpty().allMatch(it -> it.why().contains("signature"));
  }

  @Test
  void what_could_pass_for_something_else_is_refused() {
    assertThat(refused(graph -> function(graph, "Identity", node("NoOp")))).hasSize(1);
    assertThat(refused(graph -> graph.getGraphDefBuilder().addNode(call("While", "nowhere"))))
        .singleElement()
        .matches(it -> it.why().contains("nowhere"));
    NodeDef.Builder object = node("Const");
    object.putAttr(
        "value",
        AttrValue.newBuilder()
            .setTensor(TensorProto.newBuilder().setDtype(DataType.DT_VARIANT))
            .build());
    assertThat(refused(graph -> graph.getGraphDefBuilder().addNode(object))).hasSize(1);
    assertThat(
            refused(
                graph ->
                    graph.addAssetFileDefBuilder().setFilename("../variables/variables.index")))
        .singleElement()
        .matches(it -> it.why().contains("plain file"));
  }

  @Test
  void what_cannot_be_read_is_refused(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("saved_model.pb"), "no graph");
    assertThat(ImportMain.look(other)).isInstanceOf(ImportVerdict.Refused.class);
    assertThat(audit(SavedModel.getDefaultInstance())).hasSize(1);
  }

  @Test
  void what_is_let_in_can_be_loaded() {
    SavedModelBundle.load(folder.toString()).close();
  }

  private static SavedModel saverInFunctions(String path) {
    MetaGraphDef.Builder graph =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"));
    graph
        .getSaverDefBuilder()
        .setFilenameTensorName("saver_filename:0")
        .setRestoreOpName("StatefulPartitionedCall");
    graph
        .getGraphDefBuilder()
        .addNode(NodeDef.newBuilder().setName("saver_filename").setOp("Placeholder"))
        .addNode(
            call("StatefulPartitionedCall", "restore")
                .setName("StatefulPartitionedCall")
                .addInput("saver_filename"));
    graph
        .getGraphDefBuilder()
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(
                    OpDef.newBuilder()
                        .setName("restore")
                        .addInputArg(OpDef.ArgDef.newBuilder().setName("prefix")))
                .addNodeDef(text("elsewhere"))
                .addNodeDef(node("RestoreV2").addInput(path)));
    return SavedModel.newBuilder().addMetaGraphs(graph).build();
  }

  private static List<Finding> refused(Consumer<MetaGraphDef.Builder> change) {
    MetaGraphDef.Builder graph = good.getMetaGraphs(0).toBuilder();
    change.accept(graph);
    return audit(good.toBuilder().setMetaGraphs(0, graph).build());
  }

  private static List<Finding> audit(SavedModel model) {
    return SavedModelAudit.of(model, folder) instanceof ImportVerdict.Refused refused
        ? refused.findings()
        : List.of();
  }

  private static void function(MetaGraphDef.Builder graph, String name, NodeDef.Builder body) {
    graph
        .getGraphDefBuilder()
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName(name))
                .addNodeDef(body));
  }

  private static NodeDef.Builder node(String operation) {
    return NodeDef.newBuilder().setName("leak").setOp(operation);
  }

  private static NodeDef.Builder text(String name) {
    return NodeDef.newBuilder().setName(name).setOp("Const");
  }

  private static NodeDef.Builder call(String operation, String function) {
    return node(operation)
        .putAttr(
            "f",
            AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build());
  }

  private static void restore(MetaGraphDef.Builder graph, String path) {
    graph.getGraphDefBuilder().getNodeBuilderList().stream()
        .filter(it -> it.getOp().equals("RestoreV2"))
        .forEach(it -> it.setInput(0, path));
  }

  private static NodeDef.Builder named(MetaGraphDef.Builder graph, String name) {
    return graph.getGraphDefBuilder().getNodeBuilderList().stream()
        .filter(it -> it.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
