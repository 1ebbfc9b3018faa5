package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.networks.ModelFolder;
import org.uniem.volumes.PixelType;

/** Training and prediction give the same in a process of their own, wherever Fiji has its jars. */
@Timeout(300)
class NetworksApartTest {

  private static final int SIZE = 48;

  @TempDir Path folder;
  private final List<Path> links = new ArrayList<>();
  private Path stack;
  private Path labels;

  @AfterEach
  void deleteLinks() throws IOException {
    for (Path link : links) {
      Files.deleteIfExists(link);
    }
  }

  @BeforeEach
  void writeStack() {
    float[][] values = new float[2][SIZE * SIZE];
    for (int i = 0; i < SIZE * SIZE; i++) {
      values[0][i] = i / 7 % 5 * 50;
      values[1][i] = i % 9 * 25;
    }
    stack = TestStacks.write(folder.resolve("Bühne 画像.tif"), PixelType.UINT8, SIZE, values);
    for (float[] slice : values) {
      for (int i = 0; i < slice.length; i++) {
        slice[i] = slice[i] > 0 ? 1 : 0;
      }
    }
    labels = TestStacks.write(folder.resolve("Maske.tif"), PixelType.UINT8, SIZE, values);
  }

  private List<String> train(String name) {
    return List.of(
        "train-network",
        "images=" + stack,
        "labels=" + labels,
        "model=" + folder.resolve(name),
        "validationFraction=0",
        "steps=2",
        "patchSize=32",
        "depth=1",
        "width=4",
        "seed=7",
        "threads=2",
        "device=cpu");
  }

  private List<String> predict(String name) {
    return predict(name, name + "-map.tif");
  }

  private List<String> predict(String name, String output) {
    return List.of(
        "predict",
        "images=" + stack,
        "model=" + folder.resolve(name),
        "output=" + folder.resolve(output),
        "type=float",
        "threads=2",
        "device=cpu");
  }

  private record Run(int status, String text) {}

  /** Runs the command line in a Java of its own. */
  private Run java(List<String> options, List<String> arguments) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(arguments);
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), "ended");
    return new Run(process.exitValue(), Files.readString(log));
  }

  private void assertDone(List<String> options, List<String> arguments) throws Exception {
    Run run = java(options, arguments);
    assertEquals(0, run.status(), run.text());
    assertFalse(run.text().contains("\tat "), run.text());
  }

  private void assertSameAsHere(String apart) throws Exception {
    for (List<String> arguments : List.of(train("here"), predict("here"))) {
      CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
      assertEquals(0, run.status(), run.err());
    }
    assertEquals(
        ModelFolder.describe(folder.resolve("here")).weights().sha256(),
        ModelFolder.describe(folder.resolve(apart)).weights().sha256());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("here-map.tif")),
        Files.readAllBytes(folder.resolve(apart + "-map.tif")));
    assertTrue(Files.exists(folder.resolve(apart + "/provenance.json")));
  }

  /** Such as the one that Fiji's update site TensorFlow brings. */
  @Test
  void oldTensorFlowFirstOnTheClassPathDoesNotMatter() throws Exception {
    Path old = Path.of("target/old-tensorflow/libtensorflow-1.15.0.jar").toAbsolutePath();
    assertTrue(Files.exists(old), "made by mvn test: " + old);
    List<String> options =
        List.of(
            "-cp",
            old + File.pathSeparator + System.getProperty("java.class.path"),
            UniEm.class.getName());
    assertDone(options, train("apart"));
    assertDone(options, predict("apart"));
    assertSameAsHere("apart");
  }

  /** The launcher keeps Fiji's jars off java.class.path. */
  @Test
  void librariesAreFoundInTheFoldersOfFiji() throws Exception {
    Path fiji = fiji();
    List<String> options =
        List.of(
            "-Duniem.worker=always",
            "-Dij.dir=" + fiji,
            "-cp",
            fiji.resolve("launcher.jar").toString(),
            Launcher.class.getName());
    assertDone(options, train("apart"));
    assertDone(options, predict("apart"));
    assertSameAsHere("apart");
    deleteJar(fiji, "ndarray");
    Run run = java(options, predict("here", "again.tif"));
    assertEquals(UniEm.FAILED, run.status());
    assertTrue(
        run.text().contains("Networks cannot run because ndarray-1.0.0.jar is missing"),
        run.text());
    // A build with the profile fiji warns of Labkit, which is not in this Fiji.
    assertEquals(
        1, run.text().lines().filter(line -> !line.startsWith("[WARNING]")).count(), run.text());
  }

  private static void deleteJar(Path fiji, String name) throws IOException {
    try (Stream<Path> files = Files.list(fiji.resolve("jars"))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(name)).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path fiji() throws IOException {
    Path fiji = folder.resolve("Fiji für EM.app");
    Path jars = Files.createDirectories(fiji.resolve("jars"));
    Path platform = Files.createDirectories(jars.resolve("linux64"));
    Path plugins = Files.createDirectories(fiji.resolve("plugins"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      if (name.endsWith(".jar")) {
        boolean heavy = name.startsWith("tensorflow-core-native");
        links.add(Files.createSymbolicLink((heavy ? platform : jars).resolve(name), path));
      }
    }
    pack(Path.of("target/classes"), "", plugins.resolve("uni-em-0.1.0-SNAPSHOT.jar"));
    pack(
        Path.of("target/test-classes"),
        Launcher.class.getName().replace('.', '/'),
        fiji.resolve("launcher.jar"));
    return fiji;
  }

  private static void pack(Path classes, String start, Path jar) throws IOException {
    try (OutputStream stream = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(stream);
        Stream<Path> walk = Files.walk(classes)) {
      zip.setLevel(1);
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        if (name.startsWith(start)) {
          zip.putNextEntry(new ZipEntry(name));
          Files.copy(file, zip);
        }
      }
    }
  }

  /** Loads the jars of a Fiji as its launcher does and runs our command line. */
  static final class Launcher {

    public static void main(String[] args) throws Exception {
      List<URL> urls = new ArrayList<>();
      try (Stream<Path> walk = Files.walk(Path.of(System.getProperty("ij.dir")))) {
        for (Path jar : walk.filter(path -> path.toString().endsWith(".jar")).toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
      URLClassLoader loader =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass("org.uniem.commands.UniEm")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    }
  }
}
