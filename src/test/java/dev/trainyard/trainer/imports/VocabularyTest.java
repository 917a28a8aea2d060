package dev.trainyard.trainer.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.trainyard.trainer.protocol.ImportVerdict;
import dev.trainyard.trainer.protocol.ImportVerdict.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A Keras model with a vocabulary in a file (src/test/python/make_saved_models.py) is let in; the
 * same model with a way to another file is not.
 */
class VocabularyTest {

  private static final String FILL = "InitializeTableFromTextFileV2";

  private static Path folder;
  private static SavedModel words;

  @BeforeAll
  static void unpack(@TempDir Path shared) throws IOException {
    folder = unzip("words", shared);
    words = SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
  }

  @Test
  void a_table_that_the_loader_fills_from_an_asset_is_let_in() throws IOException {
    assertThat(ImportMain.look(folder))
        .isInstanceOfSatisfying(
            ImportVerdict.Accepted.class, it -> assertThat(it.parameters()).isPositive());
  }

  @Test
  void a_table_is_filled_from_no_other_file() {
    assertThat(
            refused(
                graph -> {
                  graph.addNode(node("elsewhere", "Const"));
                  filling(graph).setInput(0, "elsewhere");
                }))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.operation()).isEqualTo(FILL);
              assertThat(it.why()).isEqualTo("reads another file than one of the model's assets");
            });
    // The function with the path in itself.
    assertThat(
            refused(
                graph -> {
                  FunctionDef.Builder function = filler(graph);
                  function.addNodeDef(node("elsewhere", "Const"));
                  table(function).setInput(1, "elsewhere:output:0");
                }))
        .singleElement()
        .matches(it -> it.why().contains("another file"));
  }

  @Test
  void a_variable_that_holds_an_assets_path_holds_nothing_else() {
    String variable = "Variable";
    assertThat(
            refused(
                graph ->
                    graph
                        .addNode(node("elsewhere", "Const"))
                        .addNode(
                            node("swap", "AssignVariableOp")
                                .addInput(variable)
                                .addInput("elsewhere"))))
        .as("another value")
        .isNotEmpty();
    assertThat(
            refused(
                graph ->
                    graph.addNode(
                        node("other", "VarHandleOp").putAttr("shared_name", text(variable)))))
        .as("another handle of it")
        .isNotEmpty();
    assertThat(
            refused(
                graph ->
                    filler(graph)
                        .addNodeDef(
                            node("other", "VarHandleOp").putAttr("shared_name", text(variable)))))
        .as("another handle of it in a function")
        .isNotEmpty();
    assertThat(refused(graph -> graph.addNode(call("away", "nobody").addInput(variable)), "nobody"))
        .as("its handle given away")
        .isNotEmpty();
    assertThat(refused(graph -> graph.addNode(node("copy", "Identity").addInput(variable))))
        .as("its handle copied")
        .isNotEmpty();
  }

  @Test
  void assets_of_tensorflow_1_are_looked_at_too() {
    Consumer<MetaGraphDef.Builder> moved =
        graph -> {
          graph
              .putCollectionDef(
                  "saved_model_assets",
                  CollectionDef.newBuilder()
                      .setAnyList(
                          CollectionDef.AnyList.newBuilder()
                              .addValue(Any.pack(graph.getAssetFileDef(0), "type.googleapis.com")))
                      .build())
              .clearAssetFileDef();
        };
    assertThat(findings(moved)).isEmpty();
    assertThat(
            findings(
                graph -> {
                  graph.getAssetFileDefBuilder(0).setFilename("../../secret.txt");
                  moved.accept(graph);
                }))
        .singleElement()
        .matches(it -> it.why().contains("plain file"));
  }

  @Test
  void nobody_but_the_loader_fills_a_table_from_a_file() {
    assertThat(
            findings(
                graph ->
                    graph.putSignatureDef(
                        "leak",
                        SignatureDef.newBuilder()
                            .putOutputs(
                                "out",
                                TensorInfo.newBuilder()
                                    .setName(filling(graph.getGraphDefBuilder()).getName())
                                    .build())
                            .build())))
        .isNotEmpty()
        .allMatch(it -> it.why().contains("signature"));
    // A function that nothing in the graph leads to, but Python's users.
    assertThat(
            refused(
                graph ->
                    graph
                        .getLibraryBuilder()
                        .addFunction(
                            FunctionDef.newBuilder()
                                .setSignature(OpDef.newBuilder().setName("offered"))
                                .addNodeDef(call("leak", filler(graph).getSignature().getName())))))
        .singleElement()
        .satisfies(it -> assertThat(it.where()).contains("function offered, which calls "));
    assertThat(
            findings(
                graph -> {
                  String name = filler(graph.getGraphDefBuilder()).getSignature().getName();
                  SavedConcreteFunction offered =
                      graph.getObjectGraphDef().getConcreteFunctionsOrThrow(name);
                  graph
                      .getObjectGraphDefBuilder()
                      .putConcreteFunctions(
                          name, offered.toBuilder().setBoundInputs(0, constant(graph)).build());
                }))
        .singleElement()
        .matches(it -> it.why().contains("by itself"));
  }

  @Test
  void no_object_is_made_of_bytes() {
    AttrValue variant = AttrValue.newBuilder().setType(DataType.DT_VARIANT).build();
    assertThat(
            refused(
                graph -> graph.addNode(node("leak", "ParseTensor").putAttr("out_type", variant))))
        .singleElement()
        .matches(it -> it.operation().equals("ParseTensor"));
    AttrValue hidden = AttrValue.newBuilder().setPlaceholder("T").build();
    assertThat(
            refused(
                graph -> graph.addNode(node("leak", "ParseTensor").putAttr("out_type", hidden))))
        .hasSize(1);
  }

  @Test
  void variables_that_a_signature_reads_and_nothing_restores_are_named(@TempDir Path other)
      throws IOException {
    assertThat(ImportMain.look(unzip("unrestored", other)))
        .isInstanceOfSatisfying(
            ImportVerdict.Refused.class,
            it ->
                assertThat(it.findings())
                    .hasSize(2)
                    .allMatch(finding -> finding.node().startsWith("sequential/dense"))
                    .allMatch(finding -> finding.why().contains("model.export")));
  }

  private static List<Finding> refused(Consumer<GraphDef.Builder> change, String... functions) {
    return findings(
        graph -> {
          for (String name : functions) {
            graph
                .getGraphDefBuilder()
                .getLibraryBuilder()
                .addFunctionBuilder()
                .getSignatureBuilder()
                .setName(name);
          }
          change.accept(graph.getGraphDefBuilder());
        });
  }

  private static List<Finding> findings(Consumer<MetaGraphDef.Builder> change) {
    SavedModel.Builder model = words.toBuilder();
    change.accept(model.getMetaGraphsBuilder(0));
    return SavedModelAudit.of(model.build(), folder) instanceof ImportVerdict.Refused refused
        ? refused.findings()
        : List.of();
  }

  private static FunctionDef.Builder filler(GraphDef.Builder graph) {
    return graph.getLibraryBuilder().getFunctionBuilderList().stream()
        .filter(it -> it.getNodeDefList().stream().anyMatch(node -> node.getOp().equals(FILL)))
        .findFirst()
        .orElseThrow();
  }

  private static NodeDef.Builder table(FunctionDef.Builder function) {
    return function.getNodeDefBuilderList().stream()
        .filter(it -> it.getOp().equals(FILL))
        .findFirst()
        .orElseThrow();
  }

  /** The call of the function that does. */
  private static NodeDef.Builder filling(GraphDef.Builder graph) {
    String name = filler(graph).getSignature().getName();
    return graph.getNodeBuilderList().stream()
        .filter(it -> Reach.called(it.build()).contains(name))
        .findFirst()
        .orElseThrow();
  }

  private static int constant(MetaGraphDef.Builder graph) {
    graph.getObjectGraphDefBuilder().addNodesBuilder().getConstantBuilder();
    return graph.getObjectGraphDef().getNodesCount() - 1;
  }

  private static NodeDef.Builder node(String name, String operation) {
    return NodeDef.newBuilder().setName(name).setOp(operation);
  }

  private static NodeDef.Builder call(String name, String function) {
    return node(name, "StatefulPartitionedCall")
        .putAttr(
            "f",
            AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build());
  }

  private static AttrValue text(String text) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build();
  }

  private static Path unzip(String name, Path into) throws IOException {
    try (InputStream file = VocabularyTest.class.getResourceAsStream("/imports/" + name + ".zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = into.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
    return into;
  }
}
