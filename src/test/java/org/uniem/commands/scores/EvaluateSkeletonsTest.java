package org.uniem.commands.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.TestStacks;
import org.uniem.volumes.PixelType;

class EvaluateSkeletonsTest {

  private static final String NM = "# SWC: number type x y z radius parent; unit nm\n";

  @TempDir Path folder;
  private Path segmentation;
  private Path neurons;

  @BeforeEach
  void writeFiles() throws Exception {
    segmentation =
        TestStacks.write(
            folder.resolve("labels.tif"),
            PixelType.UINT8,
            6,
            new float[] {1, 1, 1, 2, 2, 0},
            new float[] {1, 1, 0, 0, 0, 0});
    neurons = Files.createDirectory(folder.resolve("neurons"));
    // Of length 40, through objects 1, 1, 1, 2, 2.
    write("a.swc", NM + line(5, 0));
    Files.writeString(neurons.resolve("notes.txt"), "no neuron");
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(neurons.resolve(name), text);
  }

  private static String line(int vertices, int z) {
    StringBuilder text = new StringBuilder();
    for (int v = 0; v < vertices; v++) {
      int parent = v == 0 ? -1 : v;
      text.append(v + 1)
          .append(" 0 ")
          .append(10 * v + 5)
          .append(" 5 ")
          .append(10 * z + 5)
          .append(" 2 ")
          .append(parent)
          .append('\n');
    }
    return text.toString();
  }

  private CommandLineRun run(Path truth, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "evaluate",
                "mode=skeleton",
                "segmentation=" + segmentation,
                "truth=" + truth,
                "report=" + folder.resolve("r.json")));
    args.addAll(Arrays.asList(more));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  private JsonObject scores(Path truth, String... more) throws Exception {
    CommandLineRun run = run(truth, more);
    assertEquals(0, run.status(), run.err());
    return JsonParser.parseString(Files.readString(folder.resolve("r.json"))).getAsJsonObject();
  }

  @Test
  void neuronIsFollowedThroughTwoObjects() throws Exception {
    JsonObject scores = scores(neurons.resolve("a.swc"), "voxelSize=10,10,10,nm");
    assertEquals((400 + 100) / 40.0, scores.get("expectedRunLength").getAsDouble(), 1e-12);
    assertEquals(500 / 1600.0, scores.get("normalizedRunLength").getAsDouble(), 1e-12);
    assertEquals(0.25, scores.get("splitEdges").getAsDouble(), 1e-12);
    assertEquals(40, scores.get("skeletonLength").getAsDouble(), 1e-12);
    assertTrue(Files.readString(folder.resolve("r.csv")).contains("expectedRunLength"));
  }

  @Test
  void everyFileOfAFolderIsANeuron() throws Exception {
    write("B.SWC", line(2, 1));
    JsonObject scores = scores(neurons, "voxelSize=10,10,10,nm");
    // Object 1 holds both: 10 of 50 are right.
    assertEquals(1, scores.get("mergers").getAsInt());
    assertEquals(100 / 50.0, scores.get("expectedRunLength").getAsDouble(), 1e-12);
    assertEquals(30 / 50.0, scores.get("mergedEdges").getAsDouble(), 1e-12);
  }

  @Test
  void objectsOfAFileAreNeurons() throws Exception {
    write("all.swc", NM + "# object 4\n" + line(5, 0) + "# object 5\n" + line(2, 1));
    JsonObject scores = scores(neurons.resolve("all.swc"), "voxelSize=10,10,10,nm");
    assertEquals(1, scores.get("mergers").getAsInt());
  }

  @Test
  void coordinatesMayBeNumbersOfVoxels() throws Exception {
    write("voxels.swc", "1 0 0 0 0 1 -1\n2 0 2 0 0 1 1\n3 0 4 0 0 1 2\n");
    JsonObject scores =
        scores(neurons.resolve("voxels.swc"), "coordinates=voxels", "voxelSize=10,10,10,nm");
    assertEquals(20 * 20 / 40.0, scores.get("expectedRunLength").getAsDouble(), 1e-12);
  }

  @Test
  void objectsFollowTheirOwnSkeletonsToTheEnd() throws Exception {
    float[][] slices = new float[9][40 * 9];
    for (int z = 2; z < 7; z++) {
      for (int y = 2; y < 7; y++) {
        Arrays.fill(slices[z], y * 40 + 2, y * 40 + 38, 3);
      }
    }
    segmentation = TestStacks.write(folder.resolve("bar.tif"), PixelType.UINT8, 40, slices);
    Path swc = folder.resolve("bar.swc");
    CommandLineRun made =
        CommandLineRun.of(
            "skeletonize",
            "segmentation=" + segmentation,
            "output=" + swc,
            "voxelSize=4,4,4,nm",
            "scale=2",
            "constant=4");
    assertEquals(0, made.status(), made.err());
    JsonObject scores = scores(swc, "voxelSize=4,4,4,nm");
    assertEquals(1, scores.get("normalizedRunLength").getAsDouble(), 1e-12);
    assertTrue(scores.get("expectedRunLength").getAsDouble() > 100);
  }

  private void assertRefused(int status, String message, Path truth, String... more)
      throws Exception {
    List<String> before = TestStacks.content(folder);
    CommandLineRun run = run(truth, more);
    assertEquals(status, run.status());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(before, TestStacks.content(folder));
  }

  @Test
  void neuronOutsideOfTheSegmentationIsRefused() throws Exception {
    write("c.swc", line(7, 0));
    assertRefused(
        1,
        "Node 6 of c.swc is at 60.0, 0.0, 0.0 nm, voxel 6, 0, 0, outside of the segmentation of"
            + " 6 x 1 x 2 voxels. Check the voxel size, and that they belong together.",
        neurons.resolve("c.swc"),
        "voxelSize=10,10,10,nm");
  }

  @Test
  void otherUnitIsRefused() throws Exception {
    assertRefused(
        1,
        "a.swc has the unit nm, the voxel size of the segmentation has µm: expected the same. Give"
            + " voxelSize in nm.",
        neurons.resolve("a.swc"),
        "voxelSize=1,1,1,µm");
    assertRefused(
        1,
        "a.swc says that its unit is nm: give coordinates=calibrated.",
        neurons.resolve("a.swc"),
        "coordinates=voxels");
  }

  @Test
  void whatIsNoNeuronIsRefused() throws Exception {
    assertRefused(1, "labels.tif, line 1: '", segmentation, "voxelSize=10,10,10,nm");
    assertRefused(1, "notes.txt, line 1: 'no neuron' is no vertex", neurons.resolve("notes.txt"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(1, "empty has no SWC files: expected one per neuron, named *.swc.", empty);
    assertRefused(1, "missing.swc", folder.resolve("missing.swc"));
  }

  @Test
  void probabilityMapIsRefused() throws Exception {
    segmentation =
        TestStacks.write(
            folder.resolve("p.tif"), PixelType.FLOAT32, 6, new float[] {0.5f, 0, 0, 0, 0, 0});
    assertRefused(
        1,
        "p.tif has the value 0.5 at x=0, y=0 of slice z=0 (counted from 0): expected a" + " label",
        neurons.resolve("a.swc"),
        "voxelSize=10,10,10,nm");
  }

  @Test
  void parametersOfOtherModesAreRefused() throws Exception {
    Path a = neurons.resolve("a.swc");
    assertRefused(2, "Parameter slices is not for mode=skeleton", a, "slices=0");
    assertRefused(2, "with mode=skeleton.", a, "threshold=0.5");
    List<String> before = TestStacks.content(folder);
    CommandLineRun run =
        CommandLineRun.of(
            "evaluate",
            "mode=instance",
            "coordinates=voxels",
            "segmentation=" + segmentation,
            "truth=" + segmentation,
            "report=" + folder.resolve("r.json"));
    assertEquals(2, run.status());
    assertTrue(
        run.err().contains("Parameter coordinates is for mode=skeleton, found mode=instance."),
        run.err());
    assertEquals(before, TestStacks.content(folder));
  }
}
