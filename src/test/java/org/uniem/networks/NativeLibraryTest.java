package org.uniem.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a native library is named with its file, and a GPU with its reason. */
class NativeLibraryTest {

  private static final String NAME = "tensorflow-core-native-1.1.0-linux-x86_64.jar";

  @TempDir Path folder;
  private final byte[] content = new byte[10000];
  private Path jar;
  private Path copy;

  @BeforeEach
  void makeJarAndCopy() throws IOException {
    new Random(3).nextBytes(content);
    jar = jar(NAME);
    copy = folder.resolve("cache").resolve(NAME).resolve("org/lib.so");
    Files.createDirectories(copy.getParent());
    Files.write(copy, content);
  }

  private Path jar(String name) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream stream = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(stream)) {
      zip.putNextEntry(new ZipEntry("org/lib.so"));
      zip.write(content);
    }
    return file;
  }

  private NativeLibrary library(Path... jars) {
    return new NativeLibrary(List.of(jars), folder.resolve("cache"), "linux-x86_64");
  }

  private String damage() {
    return library(folder.resolve("other.jar"), jar).damage().orElseThrow();
  }

  @Test
  void soundLibraryHasNoDamage() {
    assertEquals(Optional.empty(), library(jar).damage());
  }

  @Test
  void missingLibraryIsNamed() {
    String sentence = library(folder.resolve("ndarray.jar")).damage().orElseThrow();
    assertTrue(
        sentence.contains("tensorflow-core-native-…-linux-x86_64.jar) is missing"), sentence);
  }

  @Test
  void halfCopiedJarIsNamed() throws IOException {
    Files.write(jar, Arrays.copyOf(Files.readAllBytes(jar), 5000));
    assertTrue(damage().contains("probably half copied: " + jar), damage());
    assertTrue(damage().endsWith("Delete that file and install it again."), damage());
  }

  @Test
  void overwrittenJarIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    Arrays.fill(bytes, 4000, 5000, (byte) 0);
    Files.write(jar, bytes);
    assertTrue(damage().contains("probably half copied: " + jar), damage());
  }

  @Test
  void damagedCopyIsNamedAndUnpackedAnew() throws IOException {
    byte[] bytes = content.clone();
    bytes[77]++;
    Files.write(copy, bytes);
    String sentence = damage();
    assertTrue(sentence.contains("is damaged: " + copy + ". It has been deleted"), sentence);
    assertFalse(Files.exists(copy));
    assertEquals(Optional.empty(), library(jar).damage());
  }

  @Test
  void whyNoGpuIsUsedIsSaid() throws IOException {
    Path gpuJar = jar(NAME.replace(".jar", "-gpu.jar"));
    Path system = folder.resolve("system");
    assertEquals(
        Optional.of("no NVIDIA GPU with a driver was found"),
        new GpuSearch(library(gpuJar), system).obstacle());
    Path gpu = system.resolve("proc/driver/nvidia/gpus/0000:65:00.0");
    Files.createDirectories(gpu);
    Files.writeString(gpu.resolve("information"), "Model: \t\t NVIDIA RTX A6000\nIRQ: 1\n");
    assertEquals(
        Optional.of("the GPU library is not installed, which NVIDIA RTX A6000 needs"),
        new GpuSearch(library(jar), system).obstacle());
    GpuSearch good = new GpuSearch(library(gpuJar), system);
    assertEquals(Optional.empty(), good.obstacle());
    assertEquals("NVIDIA RTX A6000", good.name());
    assertEquals(
        Optional.of("TensorFlow for Java has no GPU library for windows-x86_64"),
        new GpuSearch(new NativeLibrary(List.of(), folder, "windows-x86_64"), system).obstacle());
  }
}
