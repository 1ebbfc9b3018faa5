package org.uniem.fiji.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.UniEm;
import org.uniem.fiji.FijiProcess;
import org.uniem.fiji.Screen;
import org.uniem.fiji.SmallPhantom;

/** Case 1 by hand, by macro and on the command line. */
class RecordedMacroTest {

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void recordedMacroReplaysWithoutWindowsAndTheCommandLineGivesTheSameNumbers() throws Exception {
    new Screen();
    Path recorded = Files.createDirectory(folder.resolve("recorded"));
    Path macro = folder.resolve("recorded.ijm");
    fiji(false, "record", macro.toString(), recorded.toString());
    String text = Files.readString(macro);
    for (String key : List.of("images=phantom.tif", "patchsize=64", "device=cpu", "flips=1")) {
      assertTrue(text.contains(key), text);
    }
    for (String key : List.of("overlap", "beta", "seed", "architecture", "voxelsize")) {
      assertTrue(!text.contains(key + "="), key + " has its default: " + text);
    }
    for (String key : List.of("restore", "Heading", "advanced", "help")) {
      assertTrue(!text.toLowerCase().contains(key.toLowerCase() + "="), text);
    }

    Path replayed = Files.createDirectory(folder.resolve("replayed"));
    Path second = folder.resolve("replayed.ijm");
    Files.writeString(second, text.replace(recorded.toString(), replayed.toString()));
    fiji(true, "replay", second.toString());
    assertEquals(scores(recorded), scores(replayed));

    Path typed = Files.createDirectory(folder.resolve("typed"));
    commandLine(typed);
    assertEquals(scores(recorded), scores(typed));
  }

  @Test
  @Timeout(300)
  void dialogsComeBackAfterAnErrorAndMacrosHoldWhatDiffers() throws Exception {
    new Screen();
    SmallPhantom.write(folder);
    FijiProcess.run(
        folder,
        false,
        DialogsInFiji.class,
        folder.resolve("images.tif").toString(),
        folder.toString());
  }

  private static JsonObject scores(Path results) throws Exception {
    JsonObject scores =
        new Gson().fromJson(Files.readString(results.resolve("scores.json")), JsonObject.class);
    assertTrue(scores.get("segmentationObjects").getAsInt() > 10, scores.toString());
    scores.remove("segmentation");
    scores.remove("truth");
    return scores;
  }

  private void fiji(boolean headless, String... args) throws Exception {
    FijiProcess.run(folder, headless, CaseOneInFiji.class, args);
  }

  private static void commandLine(Path results) {
    Path phantom = Path.of("test-data", "phantom").toAbsolutePath();
    run(
        "train-network",
        "images=" + phantom.resolve("images.tif"),
        "labels=" + phantom.resolve("mitochondria.tif"),
        "model=" + results.resolve("model"),
        "slices=4,12",
        "steps=40",
        "patchSize=64",
        "device=cpu");
    run(
        "predict",
        "images=" + phantom.resolve("images.tif"),
        "model=" + results.resolve("model"),
        "output=" + results.resolve("probability.tif"),
        "flips=1",
        "device=cpu");
    run(
        "label-objects",
        "images=" + results.resolve("probability.tif"),
        "output=" + results.resolve("objects.tif"),
        "threshold=0.1");
    run(
        "evaluate",
        "segmentation=" + results.resolve("objects.tif"),
        "truth=" + phantom.resolve("mitochondria.tif"),
        "report=" + results.resolve("scores.json"),
        "mode=instance",
        "slices=0-3,5-11");
  }

  private static void run(String... args) {
    PrintStream quiet = new PrintStream(PrintStream.nullOutputStream());
    assertEquals(UniEm.DONE, UniEm.run(args, quiet, quiet), String.join(" ", args));
  }
}
