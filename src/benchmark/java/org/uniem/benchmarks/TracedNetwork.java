package org.uniem.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.uniem.networks.Weights;
import org.uniem.networks.architecture.Architecture;
import org.uniem.networks.architecture.ArchitectureOptions;
import org.uniem.networks.architecture.FeatureMap;
import org.uniem.networks.architecture.Initializer;
import org.uniem.networks.architecture.Layers;
import org.uniem.networks.architecture.Parameters;

/**
 * The layers of an architecture, read off the graph it builds, so that other engines get exactly
 * the same ones. Immutable.
 */
public final class TracedNetwork {

  private record Node(String operation, List<String> inputs, Convolution convolution) {}

  private static final long SEED = 7;

  /** In the order they are computed; the last one gives the logits. */
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  private final Map<String, Weights.Tensor> weights = new LinkedHashMap<>();
  private final String image;
  private final String logits;

  private TracedNetwork(Architecture architecture, ArchitectureOptions options) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 1)));
      Recorder recorder = new Recorder(tf);
      FeatureMap output =
          architecture.build(new Layers(tf, recorder), new FeatureMap(input, 1), 1, options);
      Map<String, NodeDef> definitions =
          graph.toGraphDef().getNodeList().stream()
              .collect(Collectors.toMap(NodeDef::getName, node -> node));
      this.image = input.op().name();
      this.logits = output.operand().asOutput().op().name();
      read(definitions, recorder.names, logits);
    }
  }

  /** The layers with one grey input and one output. */
  public static TracedNetwork of(Architecture architecture, ArchitectureOptions options) {
    return new TracedNetwork(architecture, options);
  }

  private String read(
      Map<String, NodeDef> definitions, Map<String, String> weightNames, String output) {
    String name = output.split(":")[0];
    if (name.equals(image) || nodes.containsKey(name)) {
      return name;
    }
    NodeDef node = definitions.get(name);
    List<String> in = node.getInputList();
    Node read;
    switch (node.getOp()) {
      case "Conv2D" -> {
        int stride = (int) node.getAttrOrThrow("strides").getList().getI(1);
        String kernel = weightNames.get(in.get(1));
        String x = read(definitions, weightNames, in.get(0));
        read = new Node("Conv", List.of(x), new Convolution(kernel, stride, false, "", ""));
      }
      case "Conv2DBackpropInput" -> {
        String kernel = weightNames.get(in.get(1));
        String x = read(definitions, weightNames, in.get(2));
        read = new Node("Conv", List.of(x), new Convolution(kernel, 2, true, "", ""));
      }
      case "BiasAdd", "FusedBatchNormV3" -> {
        // One layer with the convolution before it.
        Node conv = nodes.remove(read(definitions, weightNames, in.get(0)));
        Convolution c = conv.convolution();
        String second = weightNames.get(in.get(1));
        boolean bias = node.getOp().equals("BiasAdd");
        String norm = bias ? "" : second.substring(0, second.length() - "scale".length());
        read =
            new Node(
                "Conv",
                conv.inputs(),
                new Convolution(c.kernel(), c.stride(), c.transposed(), bias ? second : "", norm));
      }
      case "Relu", "MaxPoolV2", "ResizeNearestNeighbor", "DepthToSpace" ->
          read = new Node(node.getOp(), List.of(read(definitions, weightNames, in.get(0))), null);
      case "Add", "AddV2", "ConcatV2" -> {
        List<String> maps = new ArrayList<>();
        for (String map : in.subList(0, node.getOp().equals("ConcatV2") ? in.size() - 1 : 2)) {
          maps.add(read(definitions, weightNames, map));
        }
        read = new Node(node.getOp(), maps, null);
      }
      default -> throw new IllegalArgumentException("No other engine knows " + node.getOp() + ".");
    }
    nodes.put(name, read);
    return name;
  }

  /** Computes the logits of an image with another engine's layers. */
  public <T> T replay(T input, Replay<T> layers) {
    Map<String, T> maps = new HashMap<>();
    maps.put(image, input);
    nodes.forEach(
        (name, node) -> {
          List<T> in = node.inputs().stream().map(maps::get).toList();
          maps.put(
              name,
              switch (node.operation()) {
                case "Conv" -> layers.convolution(node.convolution(), in.get(0));
                case "Relu" -> layers.relu(in.get(0));
                case "MaxPoolV2" -> layers.maxPool(in.get(0));
                case "ResizeNearestNeighbor" -> layers.upsample(in.get(0));
                case "DepthToSpace" -> layers.depthToSpace(in.get(0));
                case "ConcatV2" -> layers.concat(in);
                default -> layers.add(in.get(0), in.get(1));
              });
        });
    return maps.get(logits);
  }

  /** Weights as training starts with. */
  Weights initialWeights() {
    return new Weights(weights);
  }

  /** The same with every bias and statistic different from its first value. */
  Weights disturbedWeights() {
    Map<String, Weights.Tensor> disturbed = new LinkedHashMap<>(weights);
    SplittableRandom random = new SplittableRandom(SEED);
    disturbed.replaceAll(
        (name, tensor) -> {
          float[] values = tensor.values().clone();
          if (tensor.shape().length == 1) {
            for (int i = 0; i < values.length; i++) {
              values[i] += (float) (0.2 * random.nextDouble());
            }
          }
          return new Weights.Tensor(tensor.shape(), values);
        });
    return new Weights(disturbed);
  }

  /** Notes the weights an architecture asks for. */
  private final class Recorder implements Parameters {

    private final Ops tf;
    private final Map<String, String> names = new HashMap<>();

    Recorder(Ops tf) {
      this.tf = tf;
    }

    @Override
    public boolean training() {
      return true;
    }

    @Override
    public Operand<TFloat32> weight(String name, int[] shape, Initializer initializer) {
      SplittableRandom random = new SplittableRandom(SEED + name.hashCode());
      weights.put(name, new Weights.Tensor(shape, initializer.values(shape, random)));
      long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
      Placeholder<TFloat32> weight =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(sizes)));
      names.put(weight.op().name(), name);
      return weight;
    }

    @Override
    public Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer) {
      return weight(name, shape, initializer);
    }

    @Override
    public void follow(String name, Operand<TFloat32> batchValue) {
      // Engines keep their running statistics themselves.
    }

    @Override
    public Operand<TInt32> stepSeed() {
      throw new IllegalArgumentException("Networks with dropout differ between engines.");
    }
  }
}
