package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.volumes.PixelType;

/**
 * Each command on slices beyond its memory, in a Java of its own: words, no trace, nothing left.
 */
class ShortMemoryTest {

  /** A slice as float takes all of the heap that is given. */
  private static final int SIZE = 4096;

  private static final int HEAP_MEGABYTES = 64;

  @TempDir static Path shared;
  private static Path large;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void writeALargeSlice() {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2;
    }
    large = TestStacks.write(shared.resolve("large.tif"), PixelType.UINT8, SIZE, values);
    float[] small = new float[400];
    small[7] = 1;
    Path stack = TestStacks.write(shared.resolve("s.tif"), PixelType.UINT8, 20, small);
    model = shared.resolve("model");
    CommandLineRun run =
        CommandLineRun.of(
            "train-network",
            "images=" + stack,
            "labels=" + stack,
            "model=" + model,
            "validationFraction=0",
            "steps=1",
            "patchSize=32",
            "device=cpu");
    assertEquals(0, run.status(), run.err());
  }

  private void assertRefused(String... args) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                UniEm.class.getName()));
    line.addAll(List.of(args));
    Path log = shared.resolve("log.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "ended");
    String text = Files.readString(log);
    assertEquals(UniEm.FAILED, process.exitValue(), text);
    assertTrue(text.contains("memory"), text);
    assertTrue(text.contains("-Xmx"), text);
    assertFalse(text.contains("\tat "), text);
    assertEquals(List.of("/"), TestStacks.content(folder), text);
  }

  @Test
  void trainingSaysHowToGiveMore() throws Exception {
    assertRefused(
        "train-network", "images=" + large, "labels=" + large, "model=" + folder.resolve("a/m"));
  }

  @Test
  void predictionSaysHowToGiveMore() throws Exception {
    assertRefused("predict", "images=" + large, "model=" + model, "output=" + folder.resolve("p"));
  }

  @Test
  void labellingSaysHowToGiveMore() throws Exception {
    assertRefused("label-objects", "images=" + large, "output=" + folder.resolve("a/l.tif"));
  }

  @Test
  void evaluationSaysHowToGiveMore() throws Exception {
    assertRefused(
        "evaluate", "segmentation=" + large, "truth=" + large, "report=" + folder.resolve("r"));
  }
}
