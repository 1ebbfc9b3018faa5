package org.uniem.commands.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.job.ProgressListener;
import org.uniem.job.ResourceException;

/** Whatever happens to a network process, this Java lives and says it in one sentence. */
@Timeout(120)
class NetworkProcessTest {

  @TempDir Path folder;

  private final Heard heard = new Heard();

  /** Keeps what a command reports; the puppet's process id is told as its first message. */
  private static final class Heard implements ProgressListener {

    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final List<String> stages = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<ProcessHandle> worker = new CompletableFuture<>();

    @Override
    public void progress(String stage, long done, long total, String unit) {
      stages.add(stage + " " + done + " of " + total + " " + unit);
    }

    @Override
    public void message(String message) {
      messages.add(message);
      if (message.startsWith("pid ")) {
        worker.complete(ProcessHandle.of(Long.parseLong(message.substring(4))).orElseThrow());
      }
    }

    ProcessHandle awaitWorker() throws Exception {
      return worker.get(60, TimeUnit.SECONDS);
    }
  }

  @BeforeAll
  static void knowSignals() {
    // What a signal is on Windows is a status of its own.
    assumeFalse(
        System.getProperty("os.name").startsWith("Windows"), "skipped: Windows has no signals");
  }

  private PuppetCommand puppet(String behaviour) {
    PuppetCommand command = new PuppetCommand();
    command.output = folder.resolve("out.txt").toFile();
    command.behaviour = behaviour;
    command.reportTo(heard);
    command.runNetworks(() -> true);
    command.computeWith(new ComputeSettings("auto", 0, 256));
    return command;
  }

  private Thread start(PuppetCommand command) throws Exception {
    Thread runner = new Thread(command);
    runner.start();
    assertFalse(heard.awaitWorker().equals(ProcessHandle.current()), "a process of its own");
    return runner;
  }

  private static String onlySentence(UniEmCommand command) {
    assertInstanceOf(ResourceException.class, command.failure().orElseThrow());
    String sentence = command.getCancelReason();
    assertEquals(1, sentence.lines().count(), sentence);
    assertFalse(sentence.contains("\tat "), sentence);
    return sentence;
  }

  private static void assertEnds(ProcessHandle process, Duration limit) throws Exception {
    process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Test
  void resultProgressAndMessagesComeThrough() throws Exception {
    PuppetCommand command = puppet("write");
    command.text = "tab\tline\nback\\slash = Müller 電子顕微鏡";
    command.number = Math.PI;
    command.output = folder.resolve("Größe ä/電子 顕微鏡.txt").toFile();
    command.run();
    assertEquals(command.output.toPath(), command.result().orElseThrow());
    List<String> lines = Files.readAllLines(command.output.toPath());
    assertEquals("tab\tline", lines.get(0));
    assertEquals("back\\slash = Müller 電子顕微鏡", lines.get(1));
    assertEquals(Math.PI, Double.parseDouble(lines.get(2)));
    assertEquals(List.of("Writing 0 of 1 texts", "Writing 1 of 1 texts"), heard.stages);
    assertTrue(
        Files.exists(folder.resolve("Größe ä/電子 顕微鏡-provenance.json")), "provenance is written");
    assertEnds(heard.awaitWorker(), Duration.ofSeconds(60));
  }

  @Test
  void settingsOfTheComputerHoldWhereParametersLeaveThemOpen() throws Exception {
    PuppetCommand command = puppet("write");
    command.computeWith(new ComputeSettings("cpu", 3, 300));
    command.run();
    assertEquals(List.of("hello", "0.1", "3", "cpu"), Files.readAllLines(command.output.toPath()));
  }

  @Test
  void wrongParametersAreRefusedBeforeAProcessStarts() throws Exception {
    PuppetCommand command = puppet("write");
    Files.writeString(command.output.toPath(), "precious");
    command.run();
    assertTrue(command.getCancelReason().contains("the file exists"), command.getCancelReason());
    assertFalse(heard.worker.isDone());
  }

  @ParameterizedTest
  @CsvSource({
    "input, BadInputException",
    "parameter, BadParameterException",
    "output, OutputException",
    "resource, ResourceException"
  })
  void failuresOnPurposeKeepTheirTypeAndMessage(String behaviour, String type) {
    PuppetCommand apart = puppet(behaviour);
    apart.run();
    PuppetCommand here = puppet(behaviour);
    here.runNetworks(() -> false);
    here.run();
    assertEquals(here.getCancelReason(), apart.getCancelReason());
    assertEquals(type, apart.failure().orElseThrow().getClass().getSimpleName());
  }

  @Test
  void bugKeepsItsTrace() {
    PuppetCommand command = puppet("bug");
    RuntimeException bug = assertThrows(RuntimeException.class, command::run);
    assertTrue(bug.getMessage().contains("IllegalArgumentException: A bug."), bug.getMessage());
    assertEquals("execute", bug.getStackTrace()[0].getMethodName());
  }

  @Test
  void noiseOfNativeLibrariesIsNoAnswer() {
    PuppetCommand command = puppet("chatter");
    command.run();
    assertTrue(command.result().isPresent(), command.getCancelReason());
  }

  @Test
  @Timeout(120)
  void cancelReturnsAndEndsTheProcess() throws Exception {
    PuppetCommand command = puppet("wait");
    Thread runner = start(command);
    command.cancel("Enough.");
    runner.join();
    assertEquals("Enough.", command.getCancelReason());
    assertTrue(command.failure().isEmpty());
    assertTrue(command.result().isEmpty());
    assertEnds(heard.awaitWorker(), Duration.ofSeconds(60));
  }

  @Test
  @Timeout(120)
  void processThatDoesNotCancelIsLeftAndEnds() throws Exception {
    PuppetCommand command = puppet("stubborn");
    Thread runner = start(command);
    command.cancel("Enough.");
    runner.join();
    assertTrue(command.failure().isEmpty());
    assertEnds(heard.awaitWorker(), Duration.ofSeconds(60));
  }

  @Test
  void killedProcessIsOneSentence() throws Exception {
    PuppetCommand command = puppet("wait");
    Thread runner = start(command);
    heard.awaitWorker().destroyForcibly();
    runner.join();
    String sentence = onlySentence(command);
    assertTrue(
        sentence.startsWith("The network process ended unexpectedly (signal 9, killed"), sentence);
    assertTrue(sentence.contains("nothing in Fiji is lost"), sentence);
    assertFalse(Files.exists(command.output.toPath()));
  }

  @Test
  void nativeCrashIsOneSentence() {
    PuppetCommand command = puppet("segfault");
    command.run();
    String sentence = onlySentence(command);
    assertTrue(sentence.contains("a crash of native code"), sentence);
    assertTrue(sentence.contains("SIGSEGV"), sentence);
  }

  @Test
  void exitOnItsOwnIsOneSentence() {
    PuppetCommand command = puppet("exit");
    command.run();
    assertTrue(onlySentence(command).contains("(exit status 3)"), command.getCancelReason());
  }

  @Test
  void shortageOfMemorySaysWhereToGiveMore() {
    PuppetCommand command = puppet("exhaust");
    command.run();
    String sentence = onlySentence(command);
    assertTrue(sentence.contains("256 MB"), sentence);
    assertTrue(sentence.contains("Plugins > UNI-EM > Options > Compute"), sentence);
  }

  @Test
  void memoryThatTheComputerLacksIsOneSentence() {
    PuppetCommand command = puppet("write");
    command.computeWith(new ComputeSettings("auto", 0, Integer.MAX_VALUE));
    command.run();
    String sentence = onlySentence(command);
    assertTrue(sentence.startsWith("The network process did not start"), sentence);
    assertTrue(sentence.contains("less memory under Plugins > UNI-EM"), sentence);
  }

  @Test
  void killedParentLeavesNoProcess() throws Exception {
    for (String behaviour : List.of("wait", "stubborn")) {
      Path told = folder.resolve("told-" + behaviour);
      Process parent =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Parent.class.getName(),
                  folder.resolve("out-" + behaviour).toString(),
                  behaviour,
                  told.toString())
              .inheritIO()
              .start();
      while (!Files.exists(told) && parent.isAlive()) {
        Thread.sleep(20);
      }
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(Files.readString(told))).orElseThrow();
      assertTrue(worker.isAlive());
      parent.destroyForcibly().waitFor();
      assertEnds(worker, Duration.ofSeconds(60));
    }
  }

  /** A Java that starts a network process and is killed. */
  static final class Parent {

    public static void main(String[] args) {
      PuppetCommand command = new PuppetCommand();
      command.output = Path.of(args[0]).toFile();
      command.behaviour = args[1];
      command.runNetworks(() -> true);
      command.reportTo(
          new ProgressListener() {
            @Override
            public void progress(String stage, long done, long total, String unit) {}

            @Override
            public void message(String message) {
              try {
                Path file = Path.of(args[2]);
                Path partial = Path.of(args[2] + ".partial");
                Files.writeString(partial, message.substring(4));
                Files.move(partial, file);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }
          });
      command.run();
    }
  }
}
