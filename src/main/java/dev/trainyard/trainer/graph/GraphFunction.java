package dev.trainyard.trainer.graph;

import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;

/**
 * Defines functions that operations of a graph call by name, such as the body of a dataset's map.
 *
 * <p>TensorFlow Java's own {@code ConcreteFunction} cannot return a dataset (a variant tensor). So
 * the body is built in a graph of its own, whose definition becomes a {@link FunctionDef} in the
 * library of the graph that calls it.
 */
public final class GraphFunction {

  private GraphFunction() {}

  /**
   * Adds a function to {@code graph}.
   *
   * @param name unique in the graph
   * @return the value of the attribute, usually {@code f}, by which an operation calls it
   */
  public static AttrValue define(Graph graph, String name, Consumer<FunctionBody> build) {
    try (Graph scratch = new Graph()) {
      FunctionBody body = new FunctionBody(Ops.create(scratch));
      build.accept(body);
      GraphDef definition = scratch.toGraphDef();
      FunctionDef function = new FunctionDefinition(definition, body).named(name);
      GraphDef.Builder library = GraphDef.newBuilder().setVersions(definition.getVersions());
      library.getLibraryBuilder().mergeFrom(definition.getLibrary()).addFunction(function);
      graph.importGraphDef(library.build());
    }
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }
}
