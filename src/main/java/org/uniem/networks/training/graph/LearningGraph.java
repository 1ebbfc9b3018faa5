package org.uniem.networks.training.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;

/**
 * A graph whose variables are read and set by name: what the trainings of all kinds of networks
 * have in common.
 *
 * <p>Build operations with {@link #ops()}, name the variables with {@link #hold}, then {@link
 * #open}. Whatever a step depends on besides its inputs is in {@link #state()}, so a restored graph
 * goes on to the bit. Not thread-safe; close it to free native memory.
 */
public final class LearningGraph implements AutoCloseable {

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloat32>> newValues = new LinkedHashMap<>();
  private final Map<String, Op> assignments = new LinkedHashMap<>();
  private Session session;

  /** The graph itself, for gradients. */
  public Graph graph() {
    return graph;
  }

  /** Builds operations. */
  public Ops ops() {
    return tf;
  }

  /** An input of floats; −1 in the shape stands for any size. */
  public Placeholder<TFloat32> input(String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  /** Makes variables part of the state; before {@link #open}. */
  public void hold(Map<String, Variable<TFloat32>> more) {
    variables.putAll(more);
  }

  /** A variable that is held. */
  public Variable<TFloat32> variable(String name) {
    return variables.get(name);
  }

  /**
   * Opens the session and sets the first values; call it once, when all is built.
   *
   * @param runtime opens the session
   * @param first a value for each variable held
   */
  public void open(TensorFlowRuntime runtime, Map<String, Weights.Tensor> first) {
    variables.forEach(
        (name, variable) -> {
          Placeholder<TFloat32> value =
              tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
          newValues.put(name, value);
          assignments.put(name, tf.assign(variable, value));
        });
    session = runtime.open(graph);
    restore(new Weights(first));
  }

  /** All variables held. */
  public Weights state() {
    Map<String, Weights.Tensor> state = new LinkedHashMap<>();
    try (Run run = run()) {
      variables.values().forEach(run::fetch);
      List<float[]> values = run.execute();
      int i = 0;
      for (String name : variables.keySet()) {
        state.put(name, new Weights.Tensor(sizes(name), values.get(i++)));
      }
    }
    return new Weights(state);
  }

  /**
   * Sets all variables held.
   *
   * @throws org.uniem.job.BadInputException if one is missing or of another shape
   */
  public void restore(Weights state) {
    try (Run run = run()) {
      newValues.forEach(
          (name, placeholder) -> {
            run.feed(
                placeholder, variables.get(name).shape(), state.get(name, sizes(name)).values());
            run.target(assignments.get(name).op());
          });
      run.execute();
    }
  }

  private int[] sizes(String name) {
    long[] shape = variables.get(name).shape().asArray();
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }

  /** One run of the graph, to be filled with what it is fed and what it gives. */
  public Run run() {
    return new Run(session.runner());
  }

  /** The graph in TensorFlow's exchange format, for TensorBoard. */
  public byte[] definition() {
    return graph.toGraphDef().toByteArray();
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }

  /** Tensors fed to one run, freed with it: the garbage collector cannot keep up. */
  public static final class Run implements AutoCloseable {

    private final Session.Runner runner;
    private final List<Tensor> tensors = new ArrayList<>();

    private Run(Session.Runner runner) {
      this.runner = runner;
    }

    /** Feeds floats; the values are copied. */
    public void feed(Operand<TFloat32> placeholder, Shape shape, float... values) {
      TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values));
      tensors.add(tensor);
      runner.feed(placeholder, tensor);
    }

    /** Feeds a vector of whole numbers. */
    public void feedVector(Operand<TInt32> placeholder, int... values) {
      TInt32 tensor = TInt32.vectorOf(values);
      tensors.add(tensor);
      runner.feed(placeholder, tensor);
    }

    /** Asks for the values of an operand. */
    public void fetch(Operand<TFloat32> operand) {
      runner.fetch(operand);
    }

    /** Asks for an operation to be done. */
    public void target(Operation operation) {
      runner.addTarget(operation);
    }

    /** Runs; gives the values in the order they were asked for, x fastest. */
    public List<float[]> execute() {
      List<float[]> found = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < result.size(); i++) {
          found.add(values((TFloat32) result.get(i)));
        }
      }
      return found;
    }

    private static float[] values(TFloat32 tensor) {
      float[] values = new float[(int) tensor.size()];
      tensor.copyTo(NdArrays.wrap(tensor.shape(), DataBuffers.of(values, false, false)));
      return values;
    }

    @Override
    public void close() {
      tensors.forEach(Tensor::close);
    }
  }
}
