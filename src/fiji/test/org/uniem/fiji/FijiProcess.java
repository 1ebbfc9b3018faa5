package org.uniem.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Fiji of its own, since ImageJ can be patched once in a process, before anything uses it. */
public final class FijiProcess {

  private FijiProcess() {}

  /**
   * Runs a main class that starts Fiji, and fails where that fails.
   *
   * @param folder for its log, its settings and its home
   * @param headless whether it does without windows
   * @return what it printed
   */
  public static String run(Path folder, boolean headless, Class<?> main, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-Djava.awt.headless=" + headless);
    command.add("-Djava.util.prefs.userRoot=" + folder.resolve("prefs"));
    command.add("-Duser.home=" + Files.createDirectories(folder.resolve("home")));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    File log = Files.createTempFile(folder, main.getSimpleName(), ".log").toFile();
    Process fiji =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    try {
      assertTrue(fiji.waitFor(4, TimeUnit.MINUTES), () -> "too slow: " + read(log));
      assertEquals(0, fiji.exitValue(), () -> read(log));
    } finally {
      fiji.destroyForcibly();
    }
    return read(log);
  }

  private static String read(File log) {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
