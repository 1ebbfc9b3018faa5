package org.uniem.commands.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.uniem.networks.training.events.EventWriter;

/** The command without a display; its window is tested where there is one. */
class TrainingMonitorTest {

  @TempDir Path folder;

  @Test
  void withoutATrainingItSaysWhatToGive() {
    try (Context context = new Context(CommandService.class, TrainingMonitors.class)) {
      assertTrue(run(context, null).contains("give model="), run(context, null));
      assertTrue(
          run(context, folder).contains("No training has left its records in " + folder),
          run(context, folder));
      String missing = run(context, folder.resolve("missing"));
      assertTrue(missing.contains("missing"), missing);
    }
  }

  @Test
  void withoutADisplayItSaysSo() {
    try (EventWriter writer = new EventWriter(folder.resolve("training"))) {
      writer.scalar("loss/training", 10, 1);
    }
    try (Context context =
        new Context(CommandService.class, TrainingMonitors.class, LogService.class)) {
      List<String> logged = new CopyOnWriteArrayList<>();
      context.service(LogService.class).addLogListener(message -> logged.add(message.text()));
      String reason = run(context, folder);
      assertTrue(reason.contains("there is no display"), reason);
      assertEquals(List.of("training-monitor: " + reason), logged);
      assertTrue(reason.contains("log.csv"), reason);
    }
  }

  @Test
  void theNewestTrainingOfTheSessionIsTheDefault() {
    try (Context context =
        new Context(CommandService.class, EventService.class, TrainingMonitors.class)) {
      TrainingMonitors monitors = context.service(TrainingMonitors.class);
      assertEquals(Optional.empty(), monitors.newest());
      TrainNetwork train = new TrainNetwork();
      context.inject(train);
      train.model = folder.resolve("first").toFile();
      train.begins();
      train.model = folder.resolve("second").toFile();
      train.begins();
      assertEquals(Optional.of(folder.resolve("second")), monitors.newest());
      TrainingMonitor monitor = new TrainingMonitor();
      context.inject(monitor);
      monitor.proposeNewest();
      assertEquals(folder.resolve("second").toFile(), monitor.model);
      // Its folder need not exist yet: no complaint but that there is no display.
      assertTrue(run(context, null).contains("there is no display"), run(context, null));
    }
  }

  private static String run(Context context, Path model) {
    Map<String, Object> inputs =
        model == null ? Map.of() : Map.<String, Object>of("model", (File) model.toFile());
    Future<CommandModule> done =
        context.service(CommandService.class).run(TrainingMonitor.class, true, inputs);
    try {
      return done.get().getCancelReason();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
