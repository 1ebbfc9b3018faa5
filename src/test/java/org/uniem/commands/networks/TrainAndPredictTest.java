package org.uniem.commands.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class TrainAndPredictTest {

  private static final int SIZE = 96;
  private static final int DEPTH = 3;

  @TempDir Path folder;
  private Path images;
  private Path labels;

  /** Bright discs on a noisy dark ground, and the discs as labels. */
  @BeforeEach
  void writeStacks() {
    Random random = new Random(5);
    float[][] grey = new float[DEPTH][SIZE * SIZE];
    float[][] discs = new float[DEPTH][SIZE * SIZE];
    for (int z = 0; z < DEPTH; z++) {
      for (int i = 0; i < SIZE * SIZE; i++) {
        boolean inside = Math.hypot(i % SIZE % 32 - 16, i / SIZE % 32 - 16 - z) < 9;
        grey[z][i] = (inside ? 170 : 70) + random.nextInt(60);
        discs[z][i] = inside ? 1 : 0;
      }
    }
    images = TestStacks.write(folder.resolve("images 画像.tif"), PixelType.UINT8, SIZE, grey);
    labels = TestStacks.write(folder.resolve("labels.tif"), PixelType.UINT8, SIZE, discs);
  }

  private CommandLineRun train(String... further) {
    String[] args = {
      "train-network",
      "images=" + images,
      "labels=" + labels,
      "model=" + folder.resolve("model"),
      "steps=15",
      "patchSize=32",
      "batchSize=2",
      "depth=1",
      "width=8",
      "averageDecay=0",
      "learningRate=0.01"
    };
    return CommandLineRun.of(
        Stream.concat(Arrays.stream(args), Arrays.stream(further)).toArray(String[]::new));
  }

  @Test
  void modelTrainedOnOneSlicePredictsAStackOfTheSameSize() throws Exception {
    CommandLineRun run = train("slices=1", "seed=3");
    assertEquals(0, run.status(), run.err());
    Path model = folder.resolve("model");
    assertEquals(model.toString(), run.lastLine());
    assertTrue(Files.exists(model.resolve("model.json")));
    JsonObject provenance =
        JsonParser.parseString(Files.readString(model.resolve("provenance.json")))
            .getAsJsonObject();
    assertEquals(3, provenance.get("seed").getAsLong());
    assertEquals(2, provenance.getAsJsonArray("inputs").size());

    Path output = folder.resolve("probability");
    run =
        CommandLineRun.of(
            "predict", "images=" + images, "model=" + model, "output=" + output, "device=cpu");
    assertEquals(0, run.status(), run.err());
    assertEquals(output.toString(), run.lastLine());
    try (Volume maps = Volumes.open(output)) {
      assertEquals(SIZE, maps.width());
      assertEquals(DEPTH, maps.depth());
      assertEquals(PixelType.UINT8, maps.pixelType());
      assertEquals(new VoxelSize(4, 4, 20, "nm").x(), maps.voxelSize().x());
    }

    run =
        CommandLineRun.of(
            "predict",
            "images=" + images,
            "model=" + model + "," + model,
            "output=" + folder.resolve("classes.tif"),
            "type=classes",
            "device=cpu");
    assertEquals(0, run.status(), run.err());

    Path exported = folder.resolve("exported");
    run = CommandLineRun.of("export-model", "model=" + model, "output=" + exported);
    assertEquals(0, run.status(), run.err());
    assertTrue(Files.exists(exported.resolve("saved_model.pb")));
  }

  private void assertRefused(CommandLineRun run, int status, String message, List<String> before)
      throws Exception {
    assertTrue(run.err().contains(message), run.err());
    assertEquals(status, run.status(), run.err());
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void badParametersOfTrainingWriteNothing() throws Exception {
    List<String> before = TestStacks.content(folder);
    assertRefused(train("architecture=unett"), 2, "Did you mean 'unet'?", before);
    assertRefused(train("blocks=3"), 2, "compact-unet has no option blocks", before);
    assertRefused(train("loss=dise"), 2, "Did you mean 'dice'?", before);
    assertRefused(train("augmentation=flip"), 2, "Did you mean 'flips'?", before);
    assertRefused(train("slices=3"), 2, "slices=3 is out of range at '3'", before);
    assertRefused(train("device=tpu"), 2, "Give one of auto, cpu, gpu", before);
    assertRefused(
        train("beta1=1.5"), 2, "out of range: give 0 to 0.999999, or nothing for", before);
    assertRefused(train("minuts=1"), 2, "Did you mean 'minutes'?", before);
  }

  @Test
  void badDataOfTrainingWriteNothing() throws Exception {
    Path small =
        TestStacks.write(folder.resolve("small.tif"), PixelType.UINT8, 32, new float[32 * 32]);
    Path empty =
        TestStacks.write(
            folder.resolve("empty.tif"),
            PixelType.UINT8,
            SIZE,
            new float[SIZE * SIZE],
            new float[SIZE * SIZE],
            new float[SIZE * SIZE]);
    List<String> before = TestStacks.content(folder);
    labels = small;
    assertRefused(train(), 1, "The sizes differ along ", before);
    labels = empty;
    assertRefused(train(), 1, "foreground", before);
    labels = folder.resolve("missing");
    assertRefused(train(), 1, "there is no such file or folder", before);
  }

  @Test
  void modelFolderInUseIsKept() throws Exception {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("mine.txt"), "mine");
    List<String> before = TestStacks.content(folder);
    assertRefused(train(), 1, "the folder is not empty", before);
  }

  @Test
  void badModelsOfPredictionWriteNothing() throws Exception {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    List<String> before = TestStacks.content(folder);
    String[] args = {"predict", "images=" + images, "output=" + folder.resolve("out"), ""};
    args[3] = "model=" + folder.resolve("missing");
    assertRefused(CommandLineRun.of(args), 1, "does not exist", before);
    args[3] = "model=" + broken;
    assertRefused(CommandLineRun.of(args), 1, "is not a model: it has no model.json", before);
    args[3] = "flips=3";
    assertRefused(CommandLineRun.of(args), 2, "Give one of auto, 1, 4, 8", before);
    args[3] = "type=8bit";
    assertRefused(CommandLineRun.of(args), 2, "Give one of probability", before);
  }
}
