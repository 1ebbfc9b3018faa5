package org.uniem.commands.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.job.Job;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Painted labels train a network as they are, without a word about their values. */
class PaintedTrainingTest {

  private static final int SIZE = 64;

  @TempDir Path folder;
  private Path images;

  @BeforeEach
  void writeImages() {
    Random random = new Random(5);
    float[] grey = new float[SIZE * SIZE];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = random.nextInt(256);
    }
    images = TestStacks.write(folder.resolve("images.tif"), PixelType.UINT8, SIZE, grey);
  }

  /** Paints a band of 8 rows of each class and leaves the rest. */
  private String classesAfterTrainingOn(String names) throws Exception {
    LabelKey key = LabelKey.parse(names);
    Path labels = folder.resolve(names + ".tif");
    try (Volume volume = Volumes.open(images)) {
      PaintedLabels.empty(volume, key, labels)
          .save(
              (z, target) -> {
                for (int i = 0; i < target.length; i++) {
                  int band = i / SIZE / 8;
                  target[i] = band < key.classNames().size() ? band : LabelKey.UNPAINTED;
                }
              },
              Job.silent());
    }
    Path model = folder.resolve("model " + names);
    CommandLineRun run =
        CommandLineRun.of(
            "train-network",
            "images=" + images,
            "labels=" + labels,
            "model=" + model,
            "steps=2",
            "patchSize=32",
            "batchSize=2",
            "depth=1",
            "width=8",
            "validationFraction=0");
    assertEquals(0, run.status(), run.err());
    String json = Files.readString(model.resolve("model.json"));
    return JsonParser.parseString(json).getAsJsonObject().get("classes").toString();
  }

  @Test
  void oneClassBecomesOneMapOfItsName() throws Exception {
    assertEquals("[\"mitochondria\"]", classesAfterTrainingOn("mitochondria"));
  }

  @Test
  void severalClassesBecomeMapsOfTheirNames() throws Exception {
    String classes = classesAfterTrainingOn("membrane,vesicle");
    assertTrue(classes.equals("[\"background\",\"membrane\",\"vesicle\"]"), classes);
  }
}
