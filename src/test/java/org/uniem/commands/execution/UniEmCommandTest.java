package org.uniem.commands.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.macro.Interpreter;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;

class UniEmCommandTest {

  @TempDir Path folder;

  private CommandModule run(Context context, Object... inputs) throws Exception {
    return context.service(CommandService.class).run(EchoCommand.class, true, inputs).get();
  }

  @Test
  void runsThroughTheCommandService() throws Exception {
    try (Context context = new Context()) {
      Path output = folder.resolve("a.txt");
      CommandModule module = run(context, "output", output.toFile(), "text", "x");
      assertFalse(module.isCanceled());
      assertEquals(output.toFile(), module.getOutput("result"));
      assertEquals("x", Files.readString(output));
    }
  }

  @Test
  void failureCancelsWithItsMessage() throws Exception {
    try (Context context = new Context()) {
      CommandModule module = run(context, "output", folder.resolve("a").toFile(), "threshold", 2.0);
      assertTrue(module.isCanceled());
      assertEquals(
          "Parameter threshold=2.0 is out of range: give 0 to 1.", module.getCancelReason());
    }
  }

  @Test
  void failureIsLoggedWhereThereIsNoDisplay() throws Exception {
    assumeTrue(GraphicsEnvironment.isHeadless(), "skipped: there is a display");
    try (Context context = new Context()) {
      List<String> logged = new CopyOnWriteArrayList<>();
      context.service(LogService.class).addLogListener(m -> logged.add(m.text()));
      run(context, "output", folder.resolve("a").toFile(), "threshold", 2.0);
      assertTrue(
          logged.contains("test-echo: Parameter threshold=2.0 is out of range: give 0 to 1."),
          logged::toString);
    }
  }

  @Test
  void bugIsThrownToTheCaller() {
    try (Context context = new Context()) {
      assertThrows(
          ExecutionException.class,
          () -> run(context, "output", folder.resolve("a").toFile(), "behaviour", "crash"));
    }
  }

  @Test
  @Timeout(20)
  void cancelReturnsWhileTheWorkWouldGoOn() throws Exception {
    try (Context context = new Context()) {
      EchoCommand command = new EchoCommand();
      context.inject(command);
      command.output = folder.resolve("a").toFile();
      command.behaviour = "wait";
      Future<?> running = context.service(org.scijava.thread.ThreadService.class).run(command::run);
      EchoCommand.WAITING.await();
      ((Cancelable) command).cancel("Enough.");
      running.get();
      assertTrue(command.isCanceled());
      assertTrue(command.result().isEmpty());
      assertFalse(Files.exists(folder.resolve("a")));
    }
  }

  @Test
  @Timeout(20)
  void failureAbortsTheRunningMacro() throws Exception {
    Path reached = folder.resolve("reached");
    String fail = "call('org.uniem.commands.execution.EchoCommand.fail', '" + folder + "');";
    String go = "File.saveString('x', '" + reached + "');";
    new Interpreter().run(fail.replace("fail'", "succeed'") + go);
    assertTrue(Files.exists(reached), "a macro goes on after a command that was done");
    Files.delete(reached);
    Interpreter interpreter = new Interpreter();
    interpreter.setIgnoreErrors(true);
    Thread macro = new Thread(() -> interpreter.run(fail + "wait(500);" + go), "Macro$");
    macro.start();
    macro.join(10_000);
    assertFalse(Files.exists(reached), "the macro must end at the command that failed");
  }
}
