package org.uniem.commands.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
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

  /** A disc or two in slices large enough to be judged by. */
  private Path picture(String name, PixelType type, IntBinaryOperator value) {
    int side = 96;
    float[] slice = new float[side * side];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = value.applyAsInt(i % side, i / side);
    }
    return TestStacks.write(folder.resolve(name), type, side, slice, slice);
  }

  private static int discs(int x, int y) {
    return Math.hypot(x - 25, y - 48) < 15 ? 1 : Math.hypot(x - 70, y - 48) < 15 ? 2 : 0;
  }

  private static int soft(int x, int y, int full) {
    double distance = 15 - Math.min(Math.hypot(x - 25, y - 48), Math.hypot(x - 70, y - 48));
    return (int) Math.rint(full / (1 + Math.exp(-distance)));
  }

  private CommandLineRun evaluate(Path segmentation, Path expected, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "evaluate",
                "segmentation=" + segmentation,
                "truth=" + expected,
                "report=" + folder.resolve("r.json")));
    args.addAll(List.of(more));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  @Test
  void masksOfAnyTwoValuesAreTheSame() throws Exception {
    int[] whites = {1, 200, 255, 4095, 65535};
    Path expected = picture("255.tif", PixelType.UINT8, (x, y) -> discs(x, y) > 0 ? 255 : 0);
    for (int white : whites) {
      Path found =
          picture(white + "-s.tif", PixelType.UINT16, (x, y) -> discs(x, y) > 0 ? white : 0);
      for (String more : new String[] {"threshold=0.5", "slices=0-1"}) {
        CommandLineRun run = evaluate(found, expected, more);
        assertEquals(0, run.status(), run.err());
        assertEquals(1, json("r.json").get("jaccard").getAsDouble(), white + " " + more);
        Files.delete(folder.resolve("r.json"));
        Files.delete(folder.resolve("r.csv"));
      }
    }
  }

  @Test
  void aMapWithoutThresholdIsRefusedNotScoredAsClasses() {
    Path soft = picture("soft.tif", PixelType.UINT8, (x, y) -> soft(x, y, 255));
    Path expected = picture("t.tif", PixelType.UINT8, (x, y) -> discs(x, y) > 0 ? 255 : 0);
    for (String mode : new String[] {"semantic", "instance", "isbi"}) {
      CommandLineRun run = evaluate(soft, expected, "mode=" + mode);
      assertEquals(1, run.status(), mode);
      assertTrue(run.err().contains("soft.tif holds a probability map of values"), run.err());
      assertTrue(run.err().contains("threshold=0.5"), run.err());
    }
    assertTrue(Files.notExists(folder.resolve("r.json")));
  }

  @Test
  void aMapThatReachesNoThresholdIsRefusedWithAThresholdThatFits() {
    Path dark = picture("dark.tif", PixelType.UINT16, (x, y) -> soft(x, y, 4095));
    Path expected = picture("t.tif", PixelType.UINT8, (x, y) -> discs(x, y) > 0 ? 255 : 0);
    CommandLineRun run = evaluate(dark, expected, "threshold=0.5");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("No voxel of segmentation=dark.tif reaches"), run.err());
    assertTrue(run.err().contains("give threshold=0.031"), run.err());
    assertTrue(Files.notExists(folder.resolve("r.json")));
  }

  @Test
  void objectsAgainstAMaskAreComparedByTheirForeground() throws Exception {
    Path objects = picture("o.tif", PixelType.UINT8, (x, y) -> 10 * discs(x, y));
    Path expected = picture("m.tif", PixelType.UINT8, (x, y) -> discs(x, y) > 0 ? 255 : 0);
    CommandLineRun run = evaluate(objects, expected);
    assertEquals(0, run.status(), run.err());
    assertEquals(1, json("r.json").get("jaccard").getAsDouble());
    assertTrue(run.err().contains("what is not 0 in the one is compared"), run.err());
  }

  @Test
  void aMaskOfSeveralPiecesIsNoObject() {
    Path objects = picture("o.tif", PixelType.UINT8, EvaluateTest::discs);
    Path mask = picture("m.tif", PixelType.UINT8, (x, y) -> discs(x, y) > 0 ? 255 : 0);
    CommandLineRun run = evaluate(objects, mask, "mode=instance");
    assertEquals(1, run.status());
    assertTrue(
        run.err().contains("truth=m.tif holds a mask of two values, 0 and 255, in 2 pieces"),
        run.err());
    assertTrue(run.err().contains("label-objects images=m.tif mode=labels"), run.err());
  }

  @Test
  void manyIdsAreNoClasses() {
    Path ids = picture("ids.tif", PixelType.UINT8, (x, y) -> 1 + x / 12 + 8 * (y / 12));
    CommandLineRun run = evaluate(ids, ids);
    assertEquals(1, run.status());
    assertTrue(run.err().contains("more than there can be classes"), run.err());
    assertEquals(0, evaluate(ids, ids, "mode=instance").status());
  }

  @Test
  void scoresAndCountsOfObjectsAreSaid() {
    Path found = picture("f.tif", PixelType.UINT8, (x, y) -> discs(x, y) == 1 ? 1 : y < 9 ? 3 : 0);
    Path expected = picture("t.tif", PixelType.UINT8, EvaluateTest::discs);
    CommandLineRun run = evaluate(found, expected, "mode=instance");
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.err()
            .contains("Objects: 2 found, 2 true; 1 match at IoU 0.5, 1 are false, 1 are missed."),
        run.err());
    assertTrue(run.err().contains("average precision"), run.err());
  }
}
