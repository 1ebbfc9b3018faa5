package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.UniEm;

/** A segmentation whose process is killed goes on with what is not finished. */
@Timeout(300)
class FfnSegmentKillTest {

  /** Of the stack: long enough for a kill in the middle. */
  private static final int WIDTH = 900;

  @TempDir Path folder;

  private List<String> segment(String output) {
    return List.of(
        "ffn-segment",
        "images=" + folder.resolve("i.tif"),
        "model=" + folder.resolve("model"),
        "output=" + folder.resolve(output),
        "seeds=grid",
        "minVoxels=100",
        "subvolume=22,16,16",
        "overlap=12",
        "parallel=2",
        "device=cpu");
  }

  @Test
  void killedSegmentationEndsAsIfItHadNotBeen() throws Exception {
    Bars.write(folder.resolve("i.tif"), WIDTH);
    Bars.saveModel(folder.resolve("model"), 1);
    killAfterSomeSubvolumes();
    Map<Path, FileTime> finished = finished();
    assertTrue(Files.notExists(folder.resolve("killed.tif")), "killed before the end");
    CommandLineRun resumed = CommandLineRun.of(segment("killed.tif").toArray(String[]::new));
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(
        resumed.err().contains(finished.size() + " of 89 subvolumes were finished before."),
        resumed.err());
    for (Map.Entry<Path, FileTime> file : finished.entrySet()) {
      assertEquals(file.getValue(), Files.getLastModifiedTime(file.getKey()), "computed again");
    }
    assertTrue(resumed.err().contains("2 objects found in 89 subvolumes."), resumed.err());
    CommandLineRun whole = CommandLineRun.of(segment("whole.tif").toArray(String[]::new));
    assertEquals(0, whole.status(), whole.err());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("whole.tif")),
        Files.readAllBytes(folder.resolve("killed.tif")));
    assertEquals(
        Files.readString(folder.resolve("whole-objects.csv")),
        Files.readString(folder.resolve("killed-objects.csv")));
  }

  private void killAfterSomeSubvolumes() throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                UniEm.class.getName()));
    line.addAll(segment("killed.tif"));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Path third = folder.resolve("killed-subvolumes/subvolume-000002.json");
    while (!Files.exists(third)) {
      assertTrue(process.isAlive(), Files.readString(log));
      Thread.sleep(2);
    }
    process.destroyForcibly().waitFor();
  }

  private Map<Path, FileTime> finished() throws Exception {
    Map<Path, FileTime> finished = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("killed-subvolumes"))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().matches("subvolume-\\d+\\.json")) {
          finished.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return finished;
  }
}
