package org.uniem.commands.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;

class EvaluateTest {

  @TempDir Path folder;
  private Path truth;
  private Path map;

  @BeforeEach
  void writeStacks() {
    truth =
        TestStacks.write(
            folder.resolve("truth.tif"),
            PixelType.UINT8,
            2,
            new float[] {1, 1, 0, 0},
            new float[] {1, 1, 0, 2});
    map =
        TestStacks.write(
            folder.resolve("map.tif"),
            PixelType.UINT8,
            2,
            new float[] {255, 128, 0, 130},
            new float[] {127, 255, 0, 0});
  }

  private JsonObject json(String name) throws Exception {
    return JsonParser.parseString(Files.readString(folder.resolve(name))).getAsJsonObject();
  }

  @Test
  void thresholdedMapIsScoredByHand() throws Exception {
    Path report = folder.resolve("scores.json");
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "segmentation=" + map,
            "truth=" + truth,
            "report=" + report,
            "threshold=0.5");
    assertEquals(0, run.status(), run.err());
    assertEquals(report.toString(), run.lastLine());
    // 3 true positives, 1 false positive, 2 false negatives.
    assertEquals(3.0 / 6, json("scores.json").get("jaccard").getAsDouble(), 1e-12);
    assertEquals(6.0 / 9, json("scores.json").get("dice").getAsDouble(), 1e-12);
    assertTrue(json("scores.json").get("rand").isJsonNull());
    List<String> csv = Files.readAllLines(folder.resolve("scores.csv"));
    assertEquals(2, csv.size());
    List<String> keys = List.of(csv.get(0).split(",", -1));
    assertEquals("0.5", csv.get(1).split(",", -1)[keys.indexOf("jaccard")]);
    assertEquals("", csv.get(1).split(",", -1)[keys.indexOf("rand")]);
  }

  @Test
  void chosenSlicesAloneAreCompared() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "segmentation=" + map,
            "truth=" + truth,
            "report=" + folder.resolve("scores"),
            "threshold=0.5",
            "slices=1");
    assertEquals(0, run.status(), run.err());
    assertEquals(1.0 / 3, json("scores.json").get("jaccard").getAsDouble(), 1e-12);
  }

  @Test
  void perfectInstancesScoreOne() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "segmentation=" + truth,
            "truth=" + truth,
            "report=" + folder.resolve("scores.json"),
            "mode=instance");
    assertEquals(0, run.status(), run.err());
    assertEquals(1, json("scores.json").get("rand").getAsDouble());
    assertEquals(1, json("scores.json").get("averagePrecision75").getAsDouble());
    assertEquals(0, json("scores.json").get("viSplit").getAsDouble());
  }

  private void assertRefused(int status, String message, String... args) throws Exception {
    List<String> before = TestStacks.content(folder);
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(status, run.status());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void sizesThatDifferAreRefused() throws Exception {
    Path other =
        TestStacks.write(folder.resolve("o.tif"), PixelType.UINT8, 2, new float[] {1, 1, 0, 0});
    assertRefused(
        1,
        "The sizes differ along z: segmentation map.tif 2 x 2 x 2 voxels, truth o.tif 2 x 2 x 1.",
        "evaluate",
        "segmentation=" + map,
        "truth=" + other,
        "threshold=0.5",
        "report=" + folder.resolve("r.json"));
  }

  @Test
  void thresholdWithInstancesIsRefused() throws Exception {
    assertRefused(
        2,
        "Parameter threshold is for mode=semantic",
        "evaluate",
        "segmentation=" + map,
        "truth=" + truth,
        "mode=instance",
        "threshold=0.5",
        "report=" + folder.resolve("r.json"));
  }

  @Test
  void existingReportIsKept() throws Exception {
    Files.writeString(folder.resolve("r.csv"), "mine");
    assertRefused(
        1,
        "r.csv: the file exists.",
        "evaluate",
        "segmentation=" + truth,
        "truth=" + truth,
        "report=" + folder.resolve("r.json"));
  }

  @Test
  void slicesThatDoNotExistAreRefused() throws Exception {
    assertRefused(
        2,
        "slices=0-2 is out of range at '0-2': give slices of 0 to 1, the smaller number first.",
        "evaluate",
        "segmentation=" + truth,
        "truth=" + truth,
        "slices=0-2",
        "report=" + folder.resolve("r.json"));
    assertRefused(
        2,
        "slices=one is no list of slices",
        "evaluate",
        "segmentation=" + truth,
        "truth=" + truth,
        "slices=one",
        "report=" + folder.resolve("r.json"));
  }

  @Test
  void probabilitiesWithoutThresholdAreRefused() throws Exception {
    Path real =
        TestStacks.write(
            folder.resolve("f.tif"),
            PixelType.FLOAT32,
            2,
            new float[] {0.5f, 0, 0, 0},
            new float[4]);
    assertRefused(
        1,
        "give a threshold",
        "evaluate",
        "segmentation=" + real,
        "truth=" + truth,
        "report=" + folder.resolve("r.json"));
  }

  @Test
  void scanFindsTheThresholdThatTellsCellsApart() throws Exception {
    // Membrane probability 0.6 between two cells, noise of 0.4 in one of them.
    Path cells =
        TestStacks.write(
            folder.resolve("cells.tif"), PixelType.UINT8, 6, new float[] {1, 1, 0, 1, 1, 1});
    Path membranes =
        TestStacks.write(
            folder.resolve("membranes.tif"),
            PixelType.UINT8,
            6,
            new float[] {0, 0, 153, 0, 102, 0});
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "segmentation=" + membranes,
            "truth=" + cells,
            "report=" + folder.resolve("isbi"),
            "mode=isbi",
            "scan=true",
            "membranes=true");
    assertEquals(0, run.status(), run.err());
    assertEquals(1, json("isbi.json").get("vRand").getAsDouble(), 1e-12);
    assertEquals(0.45, json("isbi.json").get("bestThreshold").getAsDouble(), 1e-12);
  }

  @Test
  void parametersOfOtherModesAreRefused() {
    for (String wrong : new String[] {"scan=true", "membranes=true", "border=25"}) {
      CommandLineRun run =
          CommandLineRun.of(
              "evaluate",
              "segmentation=" + map,
              "truth=" + truth,
              "report=" + folder.resolve("wrong"),
              wrong);
      assertEquals(2, run.status());
      assertTrue(run.err().contains("for mode="), run.err());
    }
  }

  @Test
  void confusionOfClassesHasAColumnPerPair() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate", "segmentation=" + truth, "truth=" + truth, "report=" + folder.resolve("c"));
    assertEquals(0, run.status(), run.err());
    assertEquals(
        3, json("c.json").getAsJsonObject("confusion").getAsJsonObject("0").get("0").getAsLong());
    String header = Files.readAllLines(folder.resolve("c.csv")).get(0);
    assertTrue(header.contains("confusion_2_2"), header);
  }
}
