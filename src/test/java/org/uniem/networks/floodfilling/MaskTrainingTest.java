package org.uniem.networks.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.floodfilling.training.Variation;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.networks.FloodFillingSettings;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.training.run.RunStatus;
import org.uniem.networks.training.run.TrainingLimits;
import org.uniem.networks.training.run.TrainingListener;
import org.uniem.networks.training.run.TrainingLog;
import org.uniem.networks.training.run.TrainingResult;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class MaskTrainingTest {

  private static final int WIDTH = 60;
  private static final int SIDE = 24;

  @TempDir Path folder;
  private final TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", 2);

  /** Rods along x of 8 × 8 voxels, bright inside, with dark walls between them and noise. */
  private static Volume volume(String name, boolean labels) {
    float[] voxels = new float[WIDTH * SIDE * SIDE];
    SplittableRandom random = new SplittableRandom(4);
    for (int z = 0, i = 0; z < SIDE; z++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < WIDTH; x++, i++) {
          boolean wall = y % 8 == 0 || z % 8 == 0;
          int rod = 1 + y / 8 + 3 * (z / 8);
          float grey = (wall ? 60 : 180) + random.nextInt(20);
          voxels[i] = labels ? (wall ? 0 : rod) : grey;
        }
      }
    }
    return Volumes.of(
        ArrayImgs.floats(voxels, WIDTH, SIDE, SIDE), new VoxelSize(8, 8, 8, "nm"), name);
  }

  private static MaskTrainingOptions options(int steps, boolean following) {
    return new MaskTrainingOptions(
        new MaskTrainingOptions.Network(3, 8),
        FloodFillingSettings.of(List.of(9, 9, 9), List.of(2, 2, 2)),
        new MaskTrainingOptions.Movement(1, following),
        new MaskTrainingOptions.Update(UpdateRule.ADAM, 0.001, true, 3),
        new MaskTrainingOptions.Examples(100, Variation.PUBLISHED),
        new MaskTrainingOptions.Holdout(0.3, 1000),
        new TrainingLimits(steps, 0),
        1e6,
        5);
  }

  private TrainingResult train(
      Path model, MaskTrainingOptions options, boolean resume, TrainingListener listener) {
    try (Volume images = volume("images", false);
        Volume labels = volume("labels", true);
        Job job = Job.silent()) {
      return MaskTraining.train(
          images, labels, Optional.empty(), model, options, resume, runtime, listener, job);
    }
  }

  @Test
  void thinStackIsLearntFromInTheMirrorAndTheModelSaysSo() {
    MaskTrainingOptions plain = options(3, false);
    MaskTrainingOptions wide =
        new MaskTrainingOptions(
            plain.network(),
            FloodFillingSettings.of(List.of(9, 25, 25), List.of(2, 2, 2)),
            plain.movement(),
            plain.update(),
            plain.examples(),
            plain.holdout(),
            plain.limits(),
            1e6,
            5);
    FloodFillingSettings s = wide.settings();
    MaskTrainingOptions mirrored =
        new MaskTrainingOptions(
            wide.network(),
            new FloodFillingSettings(
                s.fieldOfView(),
                s.deltas(),
                s.padProbability(),
                s.seedProbability(),
                s.moveThreshold(),
                s.segmentThreshold(),
                "xyz"),
            wide.movement(),
            wide.update(),
            wide.examples(),
            wide.holdout(),
            wide.limits(),
            1e6,
            5);
    assertThrows(
        BadInputException.class,
        () -> train(folder.resolve("plain"), wide, false, TrainingListener.NONE));
    TrainingResult result =
        train(folder.resolve("mirrored"), mirrored, false, TrainingListener.NONE);
    assertEquals(3, result.steps());
    assertTrue(result.jaccard() >= 0, "scored " + result.jaccard());
    ModelFolder model = ModelFolder.open(folder.resolve("mirrored"));
    assertEquals(Mirroring.XYZ, model.description().floodFilling().mirroring());
    assertEquals("xyz", model.description().training().get("mirror"));
    BadParameterException e =
        assertThrows(
            BadParameterException.class,
            () -> train(folder.resolve("mirrored"), wide, true, TrainingListener.NONE));
    assertTrue(e.getMessage().contains("mirror is nothing and was xyz"), e.getMessage());
  }

  @Test
  void networkLearnsAndIsScoredOnWhatWasHeldBack() {
    List<Double> losses = new ArrayList<>();
    TrainingResult result =
        train(
            folder.resolve("model"),
            options(1000, false),
            false,
            new TrainingListener() {
              @Override
              public void step(long step, double loss) {
                losses.add(loss);
              }
            });
    assertEquals(1000, losses.size());
    double first = losses.subList(0, 20).stream().mapToDouble(d -> d).average().orElseThrow();
    double last = losses.subList(900, 1000).stream().mapToDouble(d -> d).average().orElseThrow();
    // 0.198 is what the soft targets leave.
    assertTrue(last < 0.35 && last < 0.7 * first, first + " to " + last);
    assertTrue(result.jaccard() > 0 && result.jaccard() <= 1, "Rand F " + result.jaccard());
    ModelFolder model = ModelFolder.open(folder.resolve("model"));
    assertEquals(new VoxelSize(8, 8, 8, "nm"), model.description().voxelSize());
    assertEquals(result.jaccard(), model.description().scores().get("validationRand"), 1e-6);
    assertEquals(
        RunStatus.State.ENDED, RunStatus.read(folder.resolve("model")).orElseThrow().state());
    assertFalse(TrainingLog.read(folder.resolve("model/training/log.csv")).isEmpty());
    new FloodFillingNetwork(model, runtime).close();
  }

  @Test
  void learningRateRisesAndFallsToAHundredth() {
    MaskTrainingOptions falling = options(1000, false);
    assertEquals(0.001 / 50, falling.learningRateAt(1, 0), 1e-9);
    assertEquals(0.001, falling.learningRateAt(50, 0), 1e-9);
    assertEquals(0.001 * (0.01 + 0.99 / 2), falling.learningRateAt(500, 0.5), 1e-9);
    assertEquals(0.001 / 100, falling.learningRateAt(1000, 1), 1e-9);
    MaskTrainingOptions.Update constant =
        new MaskTrainingOptions.Update(UpdateRule.SGD, 0.001, false, 3);
    MaskTrainingOptions published =
        new MaskTrainingOptions(
            falling.network(),
            falling.settings(),
            falling.movement(),
            constant,
            falling.examples(),
            falling.holdout(),
            falling.limits(),
            falling.checkpointSeconds(),
            1);
    assertEquals(0.001, published.learningRateAt(1, 0), 0);
    assertEquals(0.001, published.learningRateAt(1000, 1), 0);
  }

  @Test
  void cancelledTrainingGoesOnToTheBit() throws InterruptedException {
    for (boolean following : new boolean[] {false, true}) {
      Path whole = folder.resolve("whole" + following);
      Path parts = folder.resolve("parts" + following);
      train(whole, options(20, following), false, TrainingListener.NONE);
      try (Volume images = volume("images", false);
          Volume labels = volume("labels", true);
          Job job = Job.silent()) {
        TrainingListener cancelling =
            new TrainingListener() {
              @Override
              public void step(long step, double loss) {
                if (step == 7) {
                  job.cancel();
                }
              }
            };
        assertThrows(
            CancellationException.class,
            () ->
                MaskTraining.train(
                    images,
                    labels,
                    Optional.empty(),
                    parts,
                    options(20, following),
                    false,
                    runtime,
                    cancelling,
                    job));
      }
      while (RunStatus.read(parts).orElseThrow().state() == RunStatus.State.RUNNING) {
        // A cancel does not wait for a step that takes long, as on a busy machine.
        Thread.sleep(20);
      }
      assertFalse(Files.exists(parts.resolve("model.json")));
      TrainingResult result = train(parts, options(20, following), true, TrainingListener.NONE);
      assertEquals(20, result.steps());
      assertEquals(ModelFolder.open(whole).weights(), ModelFolder.open(parts).weights());
    }
  }

  @Test
  void otherOptionsOnResumingAreRefused() {
    train(folder.resolve("model"), options(2, false), false, TrainingListener.NONE);
    String message =
        assertThrows(
                BadParameterException.class,
                () -> train(folder.resolve("model"), options(4, true), true, TrainingListener.NONE))
            .getMessage();
    assertTrue(message.contains("movement is following and was fixed"), message);
  }

  @Test
  void volumesThatCannotTrainAreRefusedAndLeaveNothing() {
    Path model = folder.resolve("model");
    MaskTrainingOptions most = options(2, false);
    MaskTrainingOptions large =
        new MaskTrainingOptions(
            most.network(),
            FloodFillingSettings.of(List.of(31, 31, 31), List.of(8, 8, 8)),
            most.movement(),
            most.update(),
            most.examples(),
            most.holdout(),
            most.limits(),
            most.checkpointSeconds(),
            1);
    String message =
        assertThrows(
                BadInputException.class, () -> train(model, large, false, TrainingListener.NONE))
            .getMessage();
    assertTrue(message.contains("no room for training examples of 47,47,47 voxels"), message);
    MaskTrainingOptions picky =
        new MaskTrainingOptions(
            most.network(),
            most.settings(),
            most.movement(),
            most.update(),
            new MaskTrainingOptions.Examples(1_000_000, Variation.PUBLISHED),
            most.holdout(),
            most.limits(),
            most.checkpointSeconds(),
            1);
    message =
        assertThrows(
                BadInputException.class, () -> train(model, picky, false, TrainingListener.NONE))
            .getMessage();
    assertTrue(message.contains("expected one of at least 1000000"), message);
    assertFalse(Files.exists(model));
  }
}
