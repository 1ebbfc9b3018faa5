package org.uniem.commands.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void logHasOneLinePerStageWhenItIsQuick() {
    ConsoleProgress progress = new ConsoleProgress(stream, false);
    for (int i = 0; i <= 100; i++) {
      progress.progress("Reading", i, 100, "slices");
    }
    progress.progress("Writing", 0, 2, "slices");
    progress.progress("Writing", 2, 2, "slices");
    assertEquals(2, text().lines().count(), text());
    assertTrue(text().startsWith("Reading: 100 of 100 slices in 0:00"), text());
  }

  @Test
  void terminalLineIsRewritten() throws InterruptedException {
    ConsoleProgress progress = new ConsoleProgress(stream, true);
    progress.progress("Reading", 0, 4, "slices");
    Thread.sleep(250);
    progress.progress("Reading", 2, 4, "slices");
    progress.message("A warning.");
    assertEquals(
        "\r\033[KReading: 2 of 4 slices, 0:00 left" + System.lineSeparator() + "A warning.",
        text().stripTrailing());
  }

  @Test
  void durationsReadLikeAClock() {
    assertEquals("0:07", ConsoleProgress.duration(6.6));
    assertEquals("2:05", ConsoleProgress.duration(125));
    assertEquals("1:01:01", ConsoleProgress.duration(3661));
  }
}
