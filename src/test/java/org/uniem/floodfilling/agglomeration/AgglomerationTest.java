package org.uniem.floodfilling.agglomeration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.MaskPredictor;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Bars along x, one above the other in y, each of an intensity of its own and cut at x = 24. */
class AgglomerationTest {

  private static final int WIDTH = 48;
  private static final int HEIGHT = 34;
  private static final int DEPTH = 16;
  private static final int BARS = 4;
  private static final long MEMORY = 1L << 28;

  @TempDir Path folder;

  private final Job job = Job.silent();
  private final byte[] image = new byte[WIDTH * HEIGHT * DEPTH];
  private final short[] labels = new short[WIDTH * HEIGHT * DEPTH];

  @BeforeEach
  void drawBars() {
    for (int i = 0; i < image.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH % HEIGHT;
      int z = i / WIDTH / HEIGHT;
      int bar = (y - 1) / 8;
      if (x >= 2 && x < WIDTH - 2 && y >= 1 && y < 33 && z >= 3 && z < 13) {
        image[i] = (byte) (bar + 1);
        labels[i] = (short) (1 + 2 * bar + (x < 24 ? 0 : 1));
      }
    }
  }

  @AfterEach
  void endJob() {
    job.close();
  }

  private AgglomerationInput input() {
    return input(job);
  }

  private AgglomerationInput input(Job reading) {
    Volume volume =
        Volumes.of(ArrayImgs.unsignedBytes(image, WIDTH, HEIGHT, DEPTH), VoxelSize.UNKNOWN, "i");
    return new AgglomerationInput(volume, 0, segmentation(reading), VoxelSize.UNKNOWN);
  }

  private Segmentation segmentation(Job reading) {
    return Segmentation.read(
        Volumes.of(ArrayImgs.unsignedShorts(labels, WIDTH, HEIGHT, DEPTH), VoxelSize.UNKNOWN, "s"),
        reading);
  }

  private static FakePredictor network() {
    return FakePredictor.ofIntensities(5, 2);
  }

  private static FillingModel model(MaskPredictor predictor) {
    return new FillingModel(predictor, 0, 1, "fake");
  }

  private static RegrowthOptions growing(int batch) {
    return growing(batch, 8, 0.6);
  }

  private static RegrowthOptions growing(int batch, int attempts, double recovery) {
    return new RegrowthOptions(
        new Extent(12, 12, 12),
        new Extent(10, 10, 10),
        attempts,
        new Extent(2, 2, 2),
        recovery,
        0.5,
        FillingOptions.PUBLISHED.withBatch(batch));
  }

  private static AgglomerationOptions options(int batch, int inFlight) {
    return new AgglomerationOptions(
        new DecisionOptions(3, 0, MEMORY), growing(batch), MergeCriteria.PUBLISHED, inFlight);
  }

  private List<PairScores> score(MaskPredictor network, String journal) {
    return Agglomeration.score(
        input(), model(network), options(1, 1), folder.resolve(journal), job);
  }

  private static PairScores pair(List<PairScores> pairs, long a, long b) {
    return pairs.stream()
        .filter(pair -> pair.point().a() == a && pair.point().b() == b)
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> objection(PairScores pair) {
    return MergeCriteria.PUBLISHED.objection(pair);
  }

  @Test
  void halvesOfABarAreOneAndBarsAreNot() {
    List<PairScores> pairs = score(network(), "j");
    for (PairScores pair : pairs) {
      boolean halves = pair.point().a() % 2 == 1 && pair.point().b() == pair.point().a() + 1;
      assertEquals(halves, objection(pair).isEmpty(), pair.toString());
    }
    // Halves, their neighbours above, and one diagonal, since steps go towards larger x only.
    assertEquals(BARS + 3 * (BARS - 1), pairs.size());
    PairScores one = pair(pairs, 3, 4);
    assertTrue(one.isComplete());
    assertEquals(1, one.grown().get(0).attempts());
    assertTrue(one.iou() > 0.95, one.toString());
    PairScores two = pair(pairs, 1, 3);
    assertEquals(Optional.of("part of b regrown from a 0.000; above 0.6 merges"), objection(two));
    assertEquals(1, two.grown().size(), "b need not be grown");
  }

  @Test
  void scoresAreCountedAroundThePoint() {
    PairScores pair = pair(score(network(), "j"), 1, 2);
    // The first of the voxels nearest to the centroid of the cut.
    assertEquals(new VoxelPosition(23, 4, 7), pair.point().position());
    // x 13 … 23 of the bar; y 1 … 8 and z 3 … 12 are within 10 of the point.
    assertEquals(11 * 8 * 10, pair.voxelsA());
    assertEquals(10 * 8 * 10, pair.voxelsB());
    RegrownObject fromA = pair.grown().get(0);
    assertEquals(pair.voxelsA(), fromA.ofA());
    assertEquals(fromA.voxels(), fromA.ofA() + fromA.ofB(), "nothing outside of the bar");
    assertEquals(0, fromA.deleted());
    assertEquals(fromA.voxels(), pair.shared());
  }

  @Test
  void resultDoesNotDependOnWhatIsInFlight() {
    List<PairScores> one = score(network(), "one");
    List<PairScores> many =
        Agglomeration.score(input(), model(network()), options(4, 3), folder.resolve("many"), job);
    assertEquals(one, many);
  }

  @Test
  void failedSeedsAreTriedElsewhere() {
    // A granule where the halves are thickest, which is all that grows from there.
    for (int i = 0; i < image.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH % HEIGHT;
      int z = i / WIDTH / HEIGHT;
      if (labels[i] == 1 && Math.abs(x - 16) < 4 && Math.abs(y - 4) < 2 && Math.abs(z - 7) < 2) {
        image[i] = 99;
      }
    }
    PairScores pair = pair(score(network(), "j"), 1, 2);
    assertTrue(pair.grown().get(0).attempts() > 1, pair.toString());
    assertEquals(1, pair.grown().get(1).attempts());
    assertEquals(Optional.empty(), objection(pair));
    AgglomerationOptions once =
        new AgglomerationOptions(
            new DecisionOptions(3, 0, MEMORY), growing(1, 1, 0.6), MergeCriteria.PUBLISHED, 1);
    PairScores failed =
        pair(
            Agglomeration.score(input(), model(network()), once, folder.resolve("once"), job),
            1,
            2);
    assertTrue(objection(failed).orElseThrow().startsWith("part of a regrown from a"));
  }

  @Test
  void objectsThatTheNetworkTakesBackAreNotMerged() {
    // Likely at first, unlikely when seen again, except for a core along the bar.
    for (int i = 0; i < image.length; i++) {
      int y = i / WIDTH % HEIGHT;
      int z = i / WIDTH / HEIGHT;
      if (image[i] == 1 && Math.abs(y - 4) < 2 && Math.abs(z - 7) < 2) {
        image[i] = 101;
      }
    }
    MaskPredictor unsure =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (value, centre, mask) ->
                value % 100 != centre % 100 ? -4 : value < 100 && mask > 3.9 ? -1 : 4);
    AgglomerationOptions loose =
        new AgglomerationOptions(
            new DecisionOptions(3, 0, MEMORY), growing(1, 8, 0), new MergeCriteria(0, 0, 0.02), 1);
    PairScores pair =
        pair(Agglomeration.score(input(), model(unsure), loose, folder.resolve("j"), job), 1, 2);
    assertTrue(pair.grown().get(0).deleted() > 0, pair.toString());
    assertTrue(
        loose.criteria().objection(pair).orElseThrow().startsWith("taken back while growing"),
        loose.criteria().objection(pair).toString());
  }

  @Test
  void cancelledRunGoesOnWithWhatIsNotFinished() throws Exception {
    Path journal = folder.resolve("j");
    FakePredictor cancelling =
        new FakePredictor(
            new int[] {5, 5, 5},
            new int[] {2, 2, 2},
            (value, centre, mask) -> {
              if (lines(journal).size() > 3) {
                job.cancel();
              }
              return value == centre ? 4 : -4;
            });
    assertThrows(CancellationException.class, () -> score(cancelling, "j"));
    List<String> left = lines(journal);
    assertEquals(4, left.size());
    // The last line is cut off, another damaged: both are done again.
    Files.writeString(
        journal,
        String.join("\n", left).replace("\"looks\"", "\"looked\"") + "\n" + "0123456",
        StandardCharsets.UTF_8);
    try (Job other = Job.silent()) {
      List<PairScores> resumed =
          Agglomeration.score(input(other), model(network()), options(1, 1), journal, other);
      assertEquals(
          Agglomeration.score(
              input(other), model(network()), options(1, 1), folder.resolve("whole"), other),
          resumed);
    }
    Files.write(journal, left);
    FakePredictor network = network();
    try (Job other = Job.silent()) {
      Agglomeration.score(input(other), model(network), options(1, 1), journal, other);
      int some = network.fields.get();
      Agglomeration.score(
          input(other), model(network), options(1, 1), folder.resolve("all"), other);
      assertTrue(some < network.fields.get() - some, "finished pairs are not done again");
    }
    assertEquals(left, lines(journal).subList(0, 4), "nor written again");
  }

  private static List<String> lines(Path journal) {
    try {
      return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void finishedPairsServeOtherCriteria() {
    FakePredictor network = network();
    List<PairScores> strict = score(network, "j");
    int looks = network.fields.get();
    AgglomerationOptions stricter =
        new AgglomerationOptions(
            new DecisionOptions(2, 0, MEMORY), growing(1), new MergeCriteria(0.9, 0.9, 0), 1);
    assertEquals(
        strict, Agglomeration.score(input(), model(network), stricter, folder.resolve("j"), job));
    assertEquals(looks, network.fields.get(), "nothing is grown again");
    AgglomerationOptions looser =
        new AgglomerationOptions(
            new DecisionOptions(2, 0, MEMORY), growing(1), new MergeCriteria(0, 0.99, 1), 1);
    Agglomeration.score(input(), model(network), looser, folder.resolve("j"), job);
    assertEquals(looks, network.fields.get());
  }

  @Test
  void journalOfSomethingElseIsRefused() {
    score(network(), "j");
    assertRefused(
        "model fake, mean 0.0, deviation 1.0 there, other, mean 0.0, deviation 1.0 now",
        () ->
            Agglomeration.score(
                input(),
                new FillingModel(network(), 0, 1, "other"),
                options(1, 1),
                folder.resolve("j"),
                job));
    labels[0] = 9;
    assertRefused("segmentation checksum", () -> score(network(), "j"));
    image[0] = 9;
    labels[0] = 0;
    assertRefused("image checksum", () -> score(network(), "j"));
  }

  @Test
  void fileThatIsNoJournalIsRefused() throws Exception {
    Files.writeString(folder.resolve("j"), "a,b\n1,2\n");
    assertRefused("is no journal of agglomeration", () -> score(network(), "j"));
  }

  @Test
  void wrongInputIsRefused() {
    Volume flat = Volumes.of(ArrayImgs.unsignedBytes(3, 4, 5), VoxelSize.UNKNOWN, "flat");
    assertRefused(
        "images flat 3 x 4 x 5 voxels, segmentation s 48 x 34 x 16.",
        () -> new AgglomerationInput(flat, 0, segmentation(job), VoxelSize.UNKNOWN));
    Volume fractions =
        Volumes.of(ArrayImgs.floats(new float[] {1, 0.5f}, 2, 1, 1), VoxelSize.UNKNOWN, "f");
    assertRefused("f has the value 0.5 at x=1, y=0", () -> Segmentation.read(fractions, job));
    assertRefused(
        "the field of view of the network 31,31,31",
        () -> score(FakePredictor.ofIntensities(31, 2), "j"));
    assertFalse(Files.exists(folder.resolve("j")), "nothing is written before");
    assertThrows(
        BadParameterException.class,
        () ->
            new RegrowthOptions(
                new Extent(5, 5, 5),
                new Extent(6, 5, 5),
                1,
                new Extent(1, 1, 1),
                0.6,
                0.5,
                FillingOptions.PUBLISHED));
    AgglomerationOptions small =
        new AgglomerationOptions(
            new DecisionOptions(3, 0, 1000), growing(1), MergeCriteria.PUBLISHED, 1);
    assertThrows(
        ResourceException.class,
        () -> Agglomeration.score(input(), model(network()), small, folder.resolve("j"), job));
  }

  @Test
  void objectsBeyondTheRadiusAreSaid() {
    Arrays.fill(labels, (short) 0);
    for (int i = 0; i < labels.length; i++) {
      int x = i % WIDTH;
      labels[i] = (short) (image[i] == 0 ? 0 : x < 5 ? 1 : x >= WIDTH - 5 ? 2 : 0);
    }
    AgglomerationOptions far =
        new AgglomerationOptions(
            new DecisionOptions(30, 0, MEMORY), growing(1), MergeCriteria.PUBLISHED, 1);
    PairScores pair =
        Agglomeration.score(input(), model(network()), far, folder.resolve("j"), job).get(0);
    assertEquals(Optional.of("a has no voxel within the analysis radius"), objection(pair));
  }

  private static void assertRefused(String words, Executable run) {
    BadInputException e = assertThrows(BadInputException.class, run);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }
}
