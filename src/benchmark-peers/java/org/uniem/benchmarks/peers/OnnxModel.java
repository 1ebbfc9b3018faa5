package org.uniem.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.uniem.benchmarks.Convolution;
import org.uniem.benchmarks.Replay;
import org.uniem.benchmarks.TracedNetwork;
import org.uniem.networks.Weights;

/**
 * Writes a network as an ONNX model, one grey image to one map of probabilities, normalisations
 * folded into the kernels.
 *
 * <p>Field numbers from onnx.proto of ONNX 1.x; operators of operator set 13.
 */
final class OnnxModel implements Replay<String> {

  static final String INPUT = "image";
  private static final String OUTPUT = "probability";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 13;
  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_STRING = 3;
  private static final int ATTRIBUTE_INTS = 7;

  private final Message graph = new Message();
  private final Weights weights;
  private int count;

  OnnxModel(Weights weights) {
    this.weights = weights;
  }

  /** The model's file content, for images of this side length. */
  byte[] write(TracedNetwork network, int side) {
    String logits = network.replay(INPUT, this);
    graph.message(1, new Message().text(1, logits).text(2, OUTPUT).text(4, "Sigmoid"));
    graph.text(2, "network");
    graph.message(11, image(INPUT, side));
    graph.message(12, image(OUTPUT, side));
    return new Message()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, OPERATOR_SET))
        .toByteArray();
  }

  @Override
  public String convolution(Convolution layer, String x) {
    Weights.Tensor kernel = layer.foldedKernel(weights);
    float[] bias = layer.foldedBias(weights);
    tensor(layer.kernel(), kernel.shape(), kernel.values());
    tensor(layer.kernel() + "/bias", new int[] {bias.length}, bias);
    int side = kernel.shape()[2];
    int before = layer.padBefore(side);
    int after = layer.padAfter(side);
    return node(
        layer.transposed() ? "ConvTranspose" : "Conv",
        List.of(x, layer.kernel(), layer.kernel() + "/bias"),
        numbers("kernel_shape", side, side),
        numbers("strides", layer.stride(), layer.stride()),
        numbers("pads", before, before, after, after));
  }

  @Override
  public String relu(String x) {
    return node("Relu", List.of(x));
  }

  @Override
  public String add(String a, String b) {
    return node("Add", List.of(a, b));
  }

  @Override
  public String concat(List<String> maps) {
    return node("Concat", maps, number("axis", 1));
  }

  @Override
  public String maxPool(String x) {
    return node("MaxPool", List.of(x), numbers("kernel_shape", 2, 2), numbers("strides", 2, 2));
  }

  @Override
  public String upsample(String x) {
    String scales = "scales" + count;
    tensor(scales, new int[] {4}, 1, 1, 2, 2);
    return node(
        "Resize",
        List.of(x, "", scales),
        text("mode", "nearest"),
        text("coordinate_transformation_mode", "asymmetric"),
        text("nearest_mode", "floor"));
  }

  @Override
  public String depthToSpace(String x) {
    return node("DepthToSpace", List.of(x), number("blocksize", 2), text("mode", "DCR"));
  }

  private String node(String operator, List<String> inputs, Message... attributes) {
    String output = "map" + count++;
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(4, operator);
    for (Message attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return output;
  }

  private void tensor(String name, int[] shape, float... values) {
    Message tensor = new Message();
    for (int size : shape) {
      tensor.number(1, size);
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
  }

  private static Message image(String name, int side) {
    Message shape = new Message();
    for (int size : new int[] {1, 1, side, side}) {
      shape.message(1, new Message().number(1, size));
    }
    Message type = new Message().message(1, new Message().number(1, FLOAT).message(2, shape));
    return new Message().text(1, name).message(2, type);
  }

  private static Message number(String name, int value) {
    return new Message().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
  }

  private static Message text(String name, String value) {
    return new Message().text(1, name).text(4, value).number(20, ATTRIBUTE_STRING);
  }

  private static Message numbers(String name, int... values) {
    Message attribute = new Message().text(1, name);
    for (int value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, ATTRIBUTE_INTS);
  }
}
