package org.uniem.networks.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.ModelDescription;
import org.uniem.postprocess.affinities.Offset;

/** Affinities of turned patches, turned back. */
class AffinityFlipsTest {

  private static final int WIDTH = 37;
  private static final int HEIGHT = 22;
  private static final ArrayVolume IMAGES =
      ArrayVolume.grey(WIDTH, HEIGHT, 1, (x, y, z, c) -> (31 * x + 17 * y * y) % 251);

  /** Sees in whatever patch how much the two pixels of each pair differ. */
  private static LoadedModel differences(String text) {
    List<Offset> offsets = Offset.parse(text);
    return FakeNetwork.model(
        ModelDescription.builder("pairs", "fake")
            .classes(offsets.stream().map(Offset::toString).toList())
            .training(Map.of(ModelDescription.OFFSETS, text)),
        (image, y, x, m) -> {
          int otherX = Math.min(image.width() - 1, Math.max(0, x + offsets.get(m).x()));
          int otherY = Math.min(image.height() - 1, Math.max(0, y + offsets.get(m).y()));
          return Math.abs(image.at(y, x, 0) - image.at(otherY, otherX, 0));
        });
  }

  private static CollectingSink predict(String offsets, InferenceOptions options) {
    CollectingSink sink = new CollectingSink();
    try (Job job = Job.silent()) {
      NetworkInference.predict(List.of(differences(offsets)), IMAGES, options, sink, job);
    }
    return sink;
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "8, 0", "4, 24", "8, 24"})
  void turnedBackEveryMapTellsOfItsOwnPairs(int flips, int tile) {
    String text = "1,0,0 0,1,0 3,2,0 2,-3,0 2,3,0 -3,2,0";
    CollectingSink found = predict(text, new InferenceOptions(flips, tile, 8, 0));
    List<Offset> offsets = Offset.parse(text);
    float[] pixels = new float[WIDTH * HEIGHT];
    IMAGES.readSlice(0, 0, pixels);
    for (int m = 0; m < offsets.size(); m++) {
      for (int i = 0; i < pixels.length; i++) {
        int x = i % WIDTH + offsets.get(m).x();
        int y = i / WIDTH + offsets.get(m).y();
        if (x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT) {
          float expected = Math.abs(pixels[i] - pixels[y * WIDTH + x]) / 255;
          assertEquals(expected, found.at(0, m, i), 1e-5f, offsets.get(m) + " at " + i);
        }
      }
    }
  }

  @Test
  void offsetsWithoutTheirMirrorImagesCannotBeFlipped() {
    String message =
        assertThrows(
                BadParameterException.class,
                () -> predict("1,0,0 0,1,0 3,2,0", new InferenceOptions(4, 0, 0, 0)))
            .getMessage();
    assertEquals(
        "flips are not possible with \"pairs\": turned, its affinities of offset 3,2,0 are those of"
            + " -3,2,0, for which it has no map. Give flips=1, or train with offsets that contain"
            + " the mirror images of each.",
        message);
    assertTrue(predict("1,0,0 0,1,0 3,2,0", InferenceOptions.DEFAULTS).at(0, 2, 0) > 0);
  }

  @Test
  void pairsOfTwoSlicesCannotSwapTheirPixels() {
    // Mirrored in x, the offset 1,0,1 is -1,0,1, whose opposite begins in the other slice.
    String message =
        assertThrows(
                BadParameterException.class,
                () -> predict("1,0,-1 1,0,1", new InferenceOptions(4, 0, 0, 0)))
            .getMessage();
    assertTrue(message.contains("those of -1,0,-1"), message);
    predict("0,0,1 1,0,1 -1,0,1", new InferenceOptions(4, 0, 0, 0));
  }
}
