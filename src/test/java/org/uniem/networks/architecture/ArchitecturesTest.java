package org.uniem.networks.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.uniem.job.BadParameterException;
import org.uniem.networks.Weights;

class ArchitecturesTest {

  private final Architectures architectures = new Architectures();

  @Test
  void thePapersNetworksTheDefaultAndOneFromAnotherJarAreFound() {
    assertTrue(
        architectures
            .names()
            .containsAll(
                Set.of("unet", "resnet", "highwaynet", "densenet", "compact-unet", "tiny")),
        architectures.names().toString());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> architectures.get("resnet50"));
    assertTrue(e.getMessage().contains("compact-unet, densenet"), e.getMessage());
  }

  @Test
  void optionsOutOfRangeAndUnknownOnesAreRefused() {
    Architecture unet = architectures.get("unet");
    BadParameterException range =
        assertThrows(
            BadParameterException.class,
            () -> ArchitectureOptions.of("unet", unet.options(), Map.of("depth", 21)));
    assertTrue(range.getMessage().contains("depth=21"), range.getMessage());
    assertTrue(range.getMessage().contains("1 to 20"), range.getMessage());
    BadParameterException unknown =
        assertThrows(
            BadParameterException.class,
            () -> ArchitectureOptions.of("unet", unet.options(), Map.of("blocks", 9)));
    assertTrue(unknown.getMessage().contains("depth, width"), unknown.getMessage());
  }

  /** Numbers of weights counted by hand from the papers' layer lists; see the comments below. */
  @ParameterizedTest
  @CsvSource({
    // conv7 1->8, conv3 8->16, 16->32; one block 2 x (conv 32->32 + 2 x 32); deconv 32->16 + 2 x
    // 16, 16->8 + 2 x 8; conv7 8->1
    "resnet, blocks=1 width=8, 392 1152 4608 9216 9216 128 4608 32 1152 16 392",
    // the same with a gate of its own per unit
    "highwaynet, units=1 width=8, 392 1152 4608 9216 9216 9216 192 4608 32 1152 16 392",
    // two layers of one block: 32->32 and 64->32
    "densenet, blocks=1 layers=2 width=8, 392 1152 4608 9216 18432 128 4608 32 1152 16 392",
    // conv 1->8, conv 8->16 + norm; deconv 16->8 + norm; deconv 8+8->1
    "unet, depth=2 width=4, 72 1152 32 1152 16 144",
  })
  void trainedWeightsAreThoseOfThePapersLayers(String name, String options, String counts) {
    long expected = 0;
    for (String count : counts.trim().split(" ")) {
      expected += Long.parseLong(count);
    }
    Counting counting = new Counting(true);
    build(name, parse(options), 1, 64, counting);
    assertEquals(expected, counting.trained);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet, blocks=2 width=4", "highwaynet, units=2 width=4",
        "densenet, blocks=2 layers=3 width=4",
    "unet, depth=3 width=4", "unet, depth=1 width=4", "unet, depth=6 width=2",
    "compact-unet, depth=2 width=4", "tiny, width=4",
  })
  void logitsHaveTheSizeOfTheImageAndOneMapPerOutput(String name, String options) {
    for (int channels : new int[] {1, 3, 15}) {
      assertEquals(
          Shape.of(2, 64, 128, 3), build(name, parse(options), channels, 64, new Counting(false)));
    }
  }

  @Test
  void aModelOfTheStandardSizeIsUnderTwentyMegabytes() {
    Counting counting = new Counting(true);
    build("compact-unet", Map.of(), 1, 64, counting);
    assertTrue(counting.trained * 4 < 20_000_000, "bytes: " + counting.trained * 4);
  }

  private static Map<String, Integer> parse(String options) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (String option : options.trim().split(" ")) {
      map.put(option.split("=")[0], Integer.valueOf(option.split("=")[1]));
    }
    return map;
  }

  /** Builds and runs a network on zeros. */
  private Shape build(
      String name, Map<String, Integer> given, int channels, int side, Counting counting) {
    Architecture architecture = architectures.get(name);
    ArchitectureOptions options = ArchitectureOptions.of(name, architecture.options(), given);
    assertEquals(0, side % architecture.sizeMultiple(options));
    try (Graph graph = new Graph()) {
      counting.tf = Ops.create(graph);
      Operand<TFloat32> image =
          counting.tf.zeros(
              counting.tf.constant(new int[] {2, side, 2 * side, channels}), TFloat32.class);
      FeatureMap logits =
          architecture.build(
              new Layers(counting.tf, counting), new FeatureMap(image, channels), 3, options);
      if (counting.countOnly) {
        counting.trained -= counting.outputSurplus();
        return Shape.of(0);
      }
      try (Session session = new Session(graph);
          Result result = session.runner().fetch(logits.operand()).run()) {
        return ((TFloat32) result.get(0)).shape();
      }
    }
  }

  /** Initial values as constants, counted. */
  private static final class Counting implements Parameters {

    private final boolean countOnly;
    private Ops tf;
    private long trained;
    private long lastKernel;

    Counting(boolean countOnly) {
      this.countOnly = countOnly;
    }

    /** Three outputs are built; the tables above count one. */
    long outputSurplus() {
      return lastKernel / 3 * 2;
    }

    @Override
    public boolean training() {
      return false;
    }

    @Override
    public Operand<TFloat32> weight(String name, int[] shape, Initializer initializer) {
      trained += Initializer.size(shape);
      if (shape.length == 4) {
        lastKernel = Initializer.size(shape);
      }
      return statistic(name, shape, initializer);
    }

    @Override
    public Operand<TFloat32> statistic(String name, int[] shape, Initializer initializer) {
      float[] values = initializer.values(shape, new SplittableRandom(1));
      Map<String, Weights.Tensor> one = Map.of(name, new Weights.Tensor(shape, values));
      return new ConstantParameters(tf, new Weights(one)).weight(name, shape, initializer);
    }

    @Override
    public void follow(String name, Operand<TFloat32> batchValue) {}

    @Override
    public Operand<TInt32> stepSeed() {
      throw new IllegalStateException();
    }
  }
}
