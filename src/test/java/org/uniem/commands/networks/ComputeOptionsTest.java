package org.uniem.commands.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.prefs.PrefService;
import org.scijava.task.TaskService;
import org.uniem.commands.CommandLineRun;
import org.uniem.commands.execution.PuppetCommand;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.job.BadParameterException;

/** What is set once holds for all commands of the application, and only there. */
class ComputeOptionsTest {

  @TempDir Path folder;
  private Context context;
  private PrefService preferences;

  /** The user's own preferences are the same files: they are put back. */
  private ComputeSettings before;

  @BeforeEach
  void openApplication() {
    context = new Context(CommandService.class, PrefService.class, TaskService.class);
    preferences = context.service(PrefService.class);
    before = ComputeSettings.remembered(preferences);
    ComputeSettings.DEFAULT.remember(preferences);
  }

  @AfterEach
  void putBack() {
    before.remember(preferences);
    context.dispose();
  }

  private CommandModule run(Class<? extends org.scijava.command.Command> type, Object... values)
      throws Exception {
    return context.service(CommandService.class).run(type, true, values).get();
  }

  @Test
  void settingsAreRemembered() throws Exception {
    run(ComputeOptions.class, "device", "cpu", "threads", 3, "memory", 2048);
    assertEquals(new ComputeSettings("cpu", 3, 2048), ComputeSettings.remembered(preferences));
    run(ComputeOptions.class, "threads", 5);
    assertEquals(
        new ComputeSettings("cpu", 5, 2048),
        ComputeSettings.remembered(preferences),
        "what is not given stays");
  }

  @Test
  void commandsOfTheApplicationUseThem() throws Exception {
    new ComputeSettings("cpu", 3, 0).remember(preferences);
    Path output = folder.resolve("out.txt");
    run(PuppetCommand.class, "output", output.toFile());
    assertEquals(List.of("3", "cpu"), Files.readAllLines(output).subList(2, 4));
  }

  @Test
  void commandLineDoesNotUseThem() throws Exception {
    new ComputeSettings("cpu", 3, 0).remember(preferences);
    Path output = folder.resolve("out.txt");
    assertEquals(0, CommandLineRun.of("test-puppet", "output=" + output).status());
    assertEquals(
        List.of(String.valueOf(Runtime.getRuntime().availableProcessors()), "auto"),
        Files.readAllLines(output).subList(2, 4));
  }

  @Test
  void memoryThatIsTooSmallIsRefused() throws Exception {
    CommandModule module = run(ComputeOptions.class, "memory", 100);
    assertTrue(module.isCanceled());
    assertEquals(
        "memory=100 is too small: give 256 MB or more, or 0 for as much as suits this computer.",
        module.getCancelReason());
    assertEquals(ComputeSettings.DEFAULT, ComputeSettings.remembered(preferences));
  }

  @Test
  void nonsenseInThePreferencesCountsAsNotSet() {
    preferences.put(ComputeSettings.class, "device", "abacus");
    preferences.put(ComputeSettings.class, "threads", -4);
    preferences.put(ComputeSettings.class, "memoryMegabytes", 1);
    assertEquals(ComputeSettings.DEFAULT, ComputeSettings.remembered(preferences));
    assertThrows(BadParameterException.class, () -> new ComputeSettings("abacus", 0, 0));
  }

  @Test
  void networkProcessGetsHalfTheMemoryUnlessSet() {
    long heap = ComputeSettings.DEFAULT.heapMegabytes();
    assertTrue(heap >= 256 && heap <= 30 * 1024, heap + " MB");
    assertEquals(512, new ComputeSettings("auto", 0, 512).heapMegabytes());
  }

  @Test
  void dialogSaysWhatWasFound() throws Exception {
    CommandModule module = run(ComputeOptions.class);
    String found = String.valueOf(module.getInput("found"));
    assertTrue(found.matches("<html>GPU: .+<br>Processors: .+<br>Memory of .+ MB</html>"), found);
  }
}
