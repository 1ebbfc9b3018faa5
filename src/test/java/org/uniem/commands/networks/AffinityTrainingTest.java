package org.uniem.commands.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.Refusal;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;

/** From painted objects over a network to objects by mutex watershed. */
class AffinityTrainingTest {

  private static final String OFFSETS = "1,0,0 0,1,0 8,0,0 0,8,0";

  @TempDir Path folder;

  private static CommandLineRun run(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.status(), run.err());
    return run;
  }

  @Test
  void tinyNetworkOnThePhantomGivesAffinitiesThatBecomeItsCells() throws Exception {
    Path phantom = folder.resolve("phantom");
    run("make-phantom", "output=" + phantom, "width=128", "height=128", "depth=3", "seed=3");
    Path images = phantom.resolve("images.tif");
    Path cells = phantom.resolve("cells.tif");
    Path model = folder.resolve("model");
    run(
        "train-network",
        "images=" + images,
        "labels=" + cells,
        "model=" + model,
        "target=affinities",
        "offsets=" + OFFSETS,
        "steps=400",
        "batchSize=2",
        "patchSize=64",
        "depth=2",
        "width=8",
        "loss=logistic",
        "augmentation=flips,rotations",
        "validationFraction=0",
        "seed=1");
    String json = Files.readString(model.resolve("model.json"));
    assertTrue(json.contains("\"offsets\": \"" + OFFSETS + "\""), json);
    Path maps = folder.resolve("affinities.tif");
    run("predict", "images=" + images, "model=" + model, "output=" + maps);
    Path found = folder.resolve("found.tif");
    run("mutex-watershed", "images=" + maps, "offsets=" + OFFSETS, "output=" + found);
    Path report = folder.resolve("report.json");
    run(
        "evaluate",
        "segmentation=" + found,
        "truth=" + cells,
        "mode=instance",
        "slices=0",
        "report=" + report);
    JsonObject scores = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
    // 0.986 where it was written; both halves of the score must be high.
    assertTrue(scores.get("rand").getAsDouble() > 0.9, scores.toString());
  }

  @Test
  void wrongOffsetsAreRefused() throws Exception {
    float[] image = new float[32 * 32];
    float[] labels = new float[32 * 32];
    for (int i = 0; i < image.length; i++) {
      image[i] = 37 * i % 251;
      labels[i] = 1 + i / 512;
    }
    Path images = TestStacks.write(folder.resolve("i.tif"), PixelType.UINT8, 32, image);
    Path objects = TestStacks.write(folder.resolve("l.tif"), PixelType.UINT8, 32, labels);
    Path model = folder.resolve("model");
    String[] training = {
      "train-network",
      "images=" + images,
      "labels=" + objects,
      "model=" + model,
      "target=affinities",
      "steps=1",
      "patchSize=32",
      "depth=1",
      "width=2",
      ""
    };
    training[9] = "offsets=1,0,0 0,0";
    Refusal.check(folder, List.of("The offset 0,0,0 leads nowhere"), training);
    training[9] = "loss=softmax";
    Refusal.check(folder, List.of("give logistic, dice or logistic+dice"), training);
    training[9] = "classes=values";
    Refusal.check(folder, List.of("target=affinities needs objects, not classes"), training);
    training[9] = "offsets=1,0,0 4,0,0";
    run(training);
    Refusal.check(
        folder,
        List.of("of offset 1,0,0 are those of 0,1,0, for which it has no map. Give flips=1"),
        "predict",
        "images=" + images,
        "model=" + model,
        "flips=8",
        "output=" + folder.resolve("maps.tif"));
  }
}
