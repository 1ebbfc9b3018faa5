package org.uniem.networks.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.PredictionSettings;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

class NetworkInferenceTest {

  private static CollectingSink predict(
      List<LoadedModel> models, Volume images, InferenceOptions options) {
    CollectingSink sink = new CollectingSink();
    try (Job job = Job.silent()) {
      NetworkInference.predict(models, images, options, sink, job);
    }
    assertEquals(images.depth(), sink.slices.size());
    return sink;
  }

  private static InferenceOptions options(int flips, int tile, int overlap) {
    return new InferenceOptions(flips, tile, overlap, 0);
  }

  private static ArrayVolume noise(int width, int height, int depth, long seed) {
    byte[] values = new byte[width * height * depth];
    new Random(seed).nextBytes(values);
    return ArrayVolume.grey(
        width, height, depth, (x, y, z, c) -> values[(int) ((z * height + y) * width + x)] & 255);
  }

  @Test
  void identityReturnsImagesOfAnySize() {
    int[][] sizes = {{1, 1}, {1, 7}, {5, 3}, {16, 16}, {17, 33}, {64, 24}, {101, 47}};
    for (int[] size : sizes) {
      ArrayVolume images = noise(size[0], size[1], 2, 1);
      float[] expected = new float[size[0] * size[1]];
      for (int multiple : new int[] {1, 4, 16}) {
        for (int flips : new int[] {1, 4, 8}) {
          for (int tile : new int[] {0, 32}) {
            CollectingSink sink =
                predict(FakeNetwork.identity(multiple), images, options(flips, tile, 10));
            for (int z = 0; z < 2; z++) {
              images.readSlice(z, 0, expected);
              for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i] / 255, sink.at(z, 0, i), 1e-6f);
              }
            }
          }
        }
      }
    }
  }

  @Test
  void flipsAreInvertedAboutTheirOwnAxes() {
    // The network moves the image right by one; the turned runs move it left, down and up.
    LoadedModel shift =
        FakeNetwork.model(1, 1, (image, y, x, m) -> image.at(y, Math.max(0, x - 1), 0));
    int w = 9;
    int h = 6;
    ArrayVolume images = noise(w, h, 1, 2);
    float[] v = new float[w * h];
    images.readSlice(0, 0, v);
    CollectingSink four = predict(List.of(shift), images, options(4, 0, 0));
    CollectingSink eight = predict(List.of(shift), images, options(8, 0, 0));
    for (int y = 1; y < h - 1; y++) {
      for (int x = 1; x < w - 1; x++) {
        int i = y * w + x;
        float sides = v[i - 1] + v[i + 1];
        assertEquals(sides / 2 / 255, four.at(0, 0, i), 1e-6f);
        assertEquals((sides + v[i - w] + v[i + w]) / 4 / 255, eight.at(0, 0, i), 1e-6f);
      }
    }
  }

  @Test
  void contextIsFedFromFirstToLastNeighbourMirroredAtTheEnds() {
    // Slices of value 10·z; five channels fed, two slices apart.
    LoadedModel model =
        FakeNetwork.model(
            ModelDescription.builder("context", "fake")
                .context(2, 2)
                .classes(List.of("a", "b", "c", "d", "e")),
            (image, y, x, m) -> image.at(y, x, m));
    CollectingSink sink =
        predict(
            List.of(model),
            ArrayVolume.grey(2, 2, 6, (x, y, z, c) -> 10 * z),
            InferenceOptions.DEFAULTS);
    int[][] expected = {
      {4, 2, 0, 2, 4},
      {3, 1, 1, 3, 5},
      {2, 0, 2, 4, 4},
      {1, 1, 3, 5, 3},
      {0, 2, 4, 4, 2},
      {1, 3, 5, 3, 1}
    };
    for (int z = 0; z < 6; z++) {
      for (int k = 0; k < 5; k++) {
        assertEquals(expected[z][k] * 10 / 255f, sink.at(z, k, 3), 1e-6f, "z=" + z + " k=" + k);
      }
    }
  }

  @Test
  void contextOfAColourImageKeepsTheChannelsOfASliceTogether() {
    LoadedModel model =
        FakeNetwork.model(
            ModelDescription.builder("colour", "fake")
                .inputChannels(3)
                .context(1, 1)
                .classes(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8")),
            (image, y, x, m) -> image.at(y, x, m));
    CollectingSink sink =
        predict(
            List.of(model),
            new ArrayVolume(1, 1, 3, 3, PixelType.UINT8, (x, y, z, c) -> 10 * z + c),
            InferenceOptions.DEFAULTS);
    int[] expected = {0, 1, 2, 10, 11, 12, 20, 21, 22};
    for (int m = 0; m < 9; m++) {
      assertEquals(expected[m] / 255f, sink.at(1, m, 0), 1e-6f);
    }
  }

  @Test
  void smoothingIsAGaussianAcrossSlicesMirroredAtTheEnds() {
    // Sigma 1/3 reaches one slice: weights a, b, a with a/b = exp(−4.5).
    double ratio = Math.exp(-4.5);
    double b = 1 / (1 + 2 * ratio);
    double a = ratio * b;
    CollectingSink sink =
        predict(
            FakeNetwork.identity(1),
            ArrayVolume.grey(1, 1, 4, (x, y, z, c) -> z == 1 ? 255 : 0),
            new InferenceOptions(1, 0, 0, 1 / 3.0));
    double[] expected = {2 * a, b, a, 0};
    for (int z = 0; z < 4; z++) {
      assertEquals(expected[z], sink.at(z, 0, 0), 1e-6, "z=" + z);
    }
  }

  @Test
  void smoothingEqualsTheDirectSumForAnyDepth() {
    double sigma = 1.7;
    int radius = 6;
    for (int depth : new int[] {1, 2, 3, 7, 13, 40}) {
      ArrayVolume images = noise(3, 1, depth, depth);
      CollectingSink sink =
          predict(FakeNetwork.identity(1), images, new InferenceOptions(1, 0, 0, sigma));
      float[] slice = new float[3];
      for (int z = 0; z < depth; z++) {
        double sum = 0;
        double norm = 0;
        for (int k = -radius; k <= radius; k++) {
          int at = z + k;
          while (depth > 1 && (at < 0 || at >= depth)) {
            at = at < 0 ? -at : 2 * (depth - 1) - at;
          }
          images.readSlice(depth > 1 ? at : 0, 0, slice);
          double weight = Math.exp(-k * k / (2 * sigma * sigma));
          sum += weight * slice[1] / 255;
          norm += weight;
        }
        assertEquals(sum / norm, sink.at(z, 0, 1), 1e-5, "depth " + depth + " z " + z);
      }
    }
  }

  @Test
  void severalModelsAreAveraged() {
    LoadedModel zero = FakeNetwork.model(2, 1, (image, y, x, m) -> 0.2f);
    LoadedModel one = FakeNetwork.model(2, 8, (image, y, x, m) -> m);
    CollectingSink sink =
        predict(
            List.of(zero, one),
            ArrayVolume.grey(5, 5, 3, (x, y, z, c) -> 0),
            InferenceOptions.DEFAULTS);
    assertEquals(0.1f, sink.at(2, 0, 24), 1e-6f);
    assertEquals(0.6f, sink.at(2, 1, 24), 1e-6f);
  }

  @Test
  void modelsOfOtherClassesAreRefusedByName() {
    LoadedModel membrane =
        FakeNetwork.model(
            ModelDescription.builder("first", "fake").classes(List.of("membrane")),
            (image, y, x, m) -> 0);
    LoadedModel synapse =
        FakeNetwork.model(
            ModelDescription.builder("second", "fake").classes(List.of("synapse")),
            (image, y, x, m) -> 0);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                predict(
                    List.of(membrane, synapse),
                    ArrayVolume.grey(5, 5, 3, (x, y, z, c) -> 0),
                    InferenceOptions.DEFAULTS));
    for (String part : List.of("first", "second", "membrane", "synapse")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void tilesGiveTheSameAsTheWholeSliceForALocalNetwork() {
    // Mean over 7 × 7 with zeros outside the patch, as a convolution pads: it sees 3 pixels, three
    // eighths of an overlap of 8. Two-pixel pooling makes it depend on the alignment of tiles.
    LoadedModel local =
        FakeNetwork.model(
            1,
            2,
            (image, y, x, m) -> {
              float sum = 0;
              for (int dy = -3; dy <= 3; dy++) {
                for (int dx = -3; dx <= 3; dx++) {
                  boolean inside =
                      y + dy >= 0
                          && y + dy < image.height()
                          && x + dx >= 0
                          && x + dx < image.width();
                  sum += inside ? image.at(y + dy, x + dx, 0) : 0;
                }
              }
              return sum / 49 * ((x & 1) == 0 ? 1 : 0.5f) * ((y & 1) == 0 ? 1 : 0.5f);
            });
    ArrayVolume images = noise(71, 50, 1, 3);
    CollectingSink whole = predict(List.of(local), images, options(1, 0, 0));
    for (int tile : new int[] {16, 22, 40}) {
      CollectingSink tiled = predict(List.of(local), images, options(1, tile, 8));
      assertArrayEquals(whole.slices.get(0)[0], tiled.slices.get(0)[0], 1e-6f, "tile " + tile);
    }
  }

  @Test
  void chosenTileSuitsANetworkOfAnyMultiple() {
    ArrayVolume images = ArrayVolume.grey(2100, 700, 1, (x, y, z, c) -> x % 256);
    for (int multiple : new int[] {1, 256, 1024}) {
      CollectingSink sink =
          predict(FakeNetwork.identity(multiple), images, InferenceOptions.DEFAULTS);
      assertEquals(2099 % 256 / 255f, sink.at(0, 0, 2099), 1e-6f);
      assertEquals(1040 % 256 / 255f, sink.at(0, 0, 1040 + 2100 * 699), 1e-6f);
    }
  }

  @Test
  void seamsOfADisagreeingNetworkAreBlended() {
    // Each tile says 0 at its left edge and 1 at its right: a hard seam would jump by 0.75.
    LoadedModel position = FakeNetwork.model(1, 1, (image, y, x, m) -> x / (image.width() - 1f));
    CollectingSink sink =
        predict(
            List.of(position), ArrayVolume.grey(200, 8, 1, (x, y, z, c) -> 0), options(1, 80, 40));
    for (int x = 1; x < 200; x++) {
      float jump = Math.abs(sink.at(0, 0, x) - sink.at(0, 0, x - 1));
      assertTrue(jump < 0.1f, "jump " + jump + " at x=" + x);
    }
  }

  @Test
  void greyModelSeesLuminanceAndColourModelSeesGreyThrice() {
    ArrayVolume colour =
        new ArrayVolume(2, 1, 2, 3, PixelType.UINT8, (x, y, z, c) -> new int[] {100, 50, 200}[c]);
    CollectingSink luminance = predict(FakeNetwork.identity(1), colour, InferenceOptions.DEFAULTS);
    // 0.299·100 + 0.587·50 + 0.114·200 = 82.05
    assertEquals(82.05f / 255, luminance.at(1, 0, 1), 1e-6f);
    LoadedModel rgb =
        FakeNetwork.model(
            ModelDescription.builder("rgb", "fake")
                .inputChannels(3)
                .classes(List.of("r", "g", "b")),
            (image, y, x, m) -> image.at(y, x, m));
    CollectingSink replicated =
        predict(
            List.of(rgb), ArrayVolume.grey(2, 1, 2, (x, y, z, c) -> 51), InferenceOptions.DEFAULTS);
    for (int m = 0; m < 3; m++) {
      assertEquals(0.2f, replicated.at(1, m, 1), 1e-6f);
    }
  }

  @Test
  void channelsThatDoNotFitAreRefused() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                predict(
                    FakeNetwork.identity(1),
                    new ArrayVolume(2, 2, 2, 2, PixelType.UINT8, (x, y, z, c) -> 0),
                    InferenceOptions.DEFAULTS));
    assertTrue(e.getMessage().contains("has 2"), e.getMessage());
  }

  @Test
  void notANumberIsRefusedWithSliceAndPosition() {
    ArrayVolume images =
        new ArrayVolume(
            5,
            4,
            6,
            1,
            PixelType.FLOAT32,
            (x, y, z, c) -> x == 3 && y == 2 && z == 4 ? Float.NaN : 1);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> predict(FakeNetwork.identity(1), images, InferenceOptions.DEFAULTS));
    for (String part : List.of("Slice 4 (s4)", "NaN", "x=3, y=2")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void networkThatGivesNotANumberIsRefusedByName() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                predict(
                    List.of(FakeNetwork.model(1, 1, (image, y, x, m) -> Float.NaN)),
                    ArrayVolume.grey(5, 5, 3, (x, y, z, c) -> 0),
                    InferenceOptions.DEFAULTS));
    assertTrue(e.getMessage().contains("\"fake\""), e.getMessage());
  }

  @Test
  void descriptionThatDiffersFromTheNetworkIsRefused() {
    ModelDescription description = ModelDescription.builder("odd", "fake").context(1, 1).build();
    FakeNetwork network = new FakeNetwork(1, 1, 1, (image, y, x, m) -> 0);
    assertThrows(BadInputException.class, () -> new LoadedModel(description, network));
  }

  @Test
  void mapsAreThoseOfTheClassesNotOfTheOutputsInside() {
    // Two outputs inside, background and foreground; the network gives the foreground alone.
    LoadedModel model =
        FakeNetwork.model(
            ModelDescription.builder("m", "fake").classes(List.of("foreground")).outputs(2),
            (image, y, x, m) -> 0.25f);
    CollectingSink sink =
        predict(
            List.of(model),
            ArrayVolume.grey(3, 3, 2, (x, y, z, c) -> 0),
            InferenceOptions.DEFAULTS);
    assertEquals(1, sink.slices.get(1).length);
    assertEquals(0.25f, sink.at(1, 0, 8));
  }

  @Test
  void preferencesOfTheModelFillTheOptions() {
    ModelDescription.Builder builder = ModelDescription.builder("m", "fake");
    assertEquals(
        InferenceOptions.DEFAULTS,
        InferenceOptions.preferredBy(builder.build(), VoxelSize.UNKNOWN),
        "no wishes");
    builder.inference(new PredictionSettings(4, 128, null, 0.8));
    assertEquals(
        new InferenceOptions(4, 128, 32, 0.8),
        InferenceOptions.preferredBy(builder.build(), VoxelSize.UNKNOWN));
  }

  @Test
  void smoothingIsNarrowerInThickerSlices() {
    ModelDescription model =
        ModelDescription.builder("m", "fake")
            .voxelSize(new VoxelSize(5, 5, 5, "nm"))
            .inference(new PredictionSettings(null, null, null, 2.0))
            .build();
    VoxelSize thick = new VoxelSize(4, 4, 50, "nm");
    assertEquals(0.2, InferenceOptions.preferredBy(model, thick).smoothingSigma(), 1e-12);
    assertEquals(2, InferenceOptions.preferredBy(model, VoxelSize.UNKNOWN).smoothingSigma(), 1e-12);
  }
}
