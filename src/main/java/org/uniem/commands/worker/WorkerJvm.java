package org.uniem.commands.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.uniem.job.JavaMemory;
import org.uniem.job.ResourceException;
import org.uniem.job.files.WholeFile;

/**
 * A Java of its own with only the suite's libraries, spoken with through its standard input and
 * output. What it prints to its error stream is kept for the sentence about its end. Thread-safe.
 */
final class WorkerJvm {

  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Process process;
  private final LogTail log = new LogTail();
  private final Thread logReader;

  private WorkerJvm(Process process) {
    this.process = process;
    this.logReader =
        new Thread(() -> log.readAll(process.getErrorStream()), "uniem-network-process-log");
    logReader.setDaemon(true);
    logReader.start();
  }

  /**
   * Starts it.
   *
   * @param main class with the main method
   * @param classPath its class path
   * @param heapMegabytes memory its Java may use
   * @param arguments of the main method
   * @throws ResourceException if it cannot be started
   */
  static WorkerJvm start(
      Class<?> main, List<Path> classPath, long heapMegabytes, String... arguments) {
    List<String> line = commandLine(main, classPath, heapMegabytes);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    Map<String, String> environment = builder.environment();
    useUtf8(environment);
    environment.putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
    // Options meant for Fiji's Java, such as a debugger's port, would keep this one from starting.
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.remove("JDK_JAVA_OPTIONS");
    try {
      return new WorkerJvm(builder.start());
    } catch (IOException e) {
      throw new ResourceException(
          "The process for networks cannot be started with "
              + builder.command().get(0)
              + ": "
              + WholeFile.reason(e)
              + ". Install Fiji again with its Java, or start it with a Java of version 17 or"
              + " later.",
          e);
    }
  }

  private static List<String> commandLine(Class<?> main, List<Path> classPath, long megabytes) {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path windows = bin.resolve("java.exe");
    List<String> line = new ArrayList<>();
    line.add((Files.exists(windows) ? windows : bin.resolve("java")).toString());
    line.add("-Xmx" + megabytes + "m");
    line.add("-Dfile.encoding=UTF-8");
    line.add("-Djava.awt.headless=true");
    line.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    line.add("-D" + JavaMemory.PROCESS_PROPERTY + "=" + JavaMemory.INSIDE);
    keepProperty("uniem.home", line);
    keepProperty("org.bytedeco.javacpp.cachedir", line);
    // The parent reads standard output; a report of a crash belongs to the log.
    line.add("-XX:+DisplayVMOutputToStderr");
    line.add("-XX:-CreateCoredumpOnCrash");
    line.add("-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "uniem-%p.log"));
    int version = Runtime.version().feature();
    if (version >= 22) {
      line.add("--enable-native-access=ALL-UNNAMED");
    }
    if (version >= 23) {
      line.add("--sun-misc-unsafe-memory-access=allow");
    }
    line.add("-cp");
    line.add(
        classPath.stream()
            .map(Path::toString)
            .collect(Collectors.joining(System.getProperty("path.separator"))));
    line.add(main.getName());
    return line;
  }

  private static void keepProperty(String name, List<String> line) {
    String value = System.getProperty(name);
    if (value != null) {
      line.add("-D" + name + "=" + value);
    }
  }

  /** Java decodes paths by the locale; outside UTF-8 ones it would lose umlauts and the like. */
  private static void useUtf8(Map<String, String> environment) {
    String locale = "";
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      if (locale.isEmpty()) {
        locale = environment.getOrDefault(name, "");
      }
    }
    if (!locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8")) {
      environment.put("LC_ALL", "C.UTF-8");
    }
  }

  /** What it reads as standard input. */
  OutputStream orders() {
    return process.getOutputStream();
  }

  /** What it writes to standard output. */
  InputStream answers() {
    return process.getInputStream();
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Keeps a line that is no answer. */
  void log(String line) {
    log.add(line);
  }

  /**
   * Waits for the end of a worker whose answers have ended, and explains it.
   *
   * @param started whether it had begun its work
   */
  ResourceException explainEnd(boolean started) {
    try {
      if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      logReader.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new ResourceException("The network process was left because Fiji is closing.", e);
    }
    return new ResourceException(
        WorkerEnd.sentence(process.exitValue(), log.mostTelling(), started));
  }

  /**
   * Sees to it that it ends. Returns at once.
   *
   * @param patience for which it may end by itself, having finished what it writes
   * @param grace after closing its input, which tells it to end; then it is ended by force
   */
  void end(Duration patience, Duration grace) {
    Thread closer = new Thread(() -> endNow(patience, grace), "network-process-end");
    closer.setDaemon(true);
    closer.start();
  }

  private void endNow(Duration patience, Duration grace) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        // Apart, since closing waits for whoever is writing to a process that does not read.
        Thread closer = new Thread(this::closeInput, "network-process-close");
        closer.setDaemon(true);
        closer.start();
        if (process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Its end of the pipe is closed: it has ended or will be ended.
      log.add("(" + e.getMessage() + ")");
    }
  }
}
