package org.uniem.networks.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.uniem.benchmarks.Contender;
import org.uniem.benchmarks.Task;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.Architectures;
import org.uniem.networks.inference.TensorFlowNetwork;

/** The suite's own training graph and network. */
public final class TensorFlowContender implements Contender {

  private final TensorFlowRuntime runtime;
  private final TrainingGraph graph;
  private final TensorFlowNetwork network;
  private final TrainingGraph.Batch batch;
  private final float[] tile;
  private final int side;
  private long step;

  /** Makes the contender. */
  public TensorFlowContender(Task task, int threads) {
    this.runtime = new TensorFlowRuntime("cpu", threads);
    Architecture architecture = new Architectures().get(task.architecture());
    ArchitectureOptions options =
        ArchitectureOptions.of(task.architecture(), architecture.options(), Map.of());
    this.graph = new TrainingGraph(runtime, architecture, options, 1, 1, Loss.parse("logistic"), 1);
    Map<String, Weights.Tensor> state = new LinkedHashMap<>(graph.state().asMap());
    state.putAll(task.initial().asMap());
    graph.restore(new Weights(state));
    float[] weight = new float[task.batchSize() * task.patch() * task.patch()];
    Arrays.fill(weight, 1);
    this.batch =
        new TrainingGraph.Batch(
            task.batchSize(), task.patch(), task.patch(), task.batch(), task.target(), weight);
    ModelDescription description =
        ModelDescription.builder(task.name(), task.architecture())
            .parameters(options.asMap())
            .build();
    this.network = new TensorFlowNetwork(new ModelFolder(description, task.trained()), runtime);
    this.tile = task.tile();
    this.side = task.tileSide();
  }

  @Override
  public String engine() {
    return "UNI-EM for Fiji (TensorFlow " + runtime.version() + ")";
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public float train() {
    step++;
    return graph.step(
        batch, new AdamUpdate.Settings(step, Task.LEARNING_RATE, 0.9f, 0.999f, 0, 0.999f, 0.9f));
  }

  @Override
  public float[] predict() {
    return network.predict(tile, 1, side, side);
  }

  @Override
  public void close() {
    network.close();
    graph.close();
  }
}
