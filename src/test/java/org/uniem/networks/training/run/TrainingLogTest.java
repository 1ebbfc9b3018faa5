package org.uniem.networks.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.networks.training.run.TrainingLog.Row;

class TrainingLogTest {

  private static final Row FIRST = new Row(50, 1.5, 0.25, Double.NaN, Double.NaN, 2e-4);
  private static final Row SECOND = new Row(100, 3, 0.125, 0.5, 0.875, 1e-4);

  @TempDir Path folder;

  @Test
  void fileIsPlainCsv() throws Exception {
    Path file = folder.resolve("log.csv");
    write(file);
    assertEquals(
        "step,seconds,loss,validationLoss,score,learningRate\n"
            + "50,1.5,0.25,,,2.0E-4\n"
            + "100,3.0,0.125,0.5,0.875,1.0E-4\n",
        Files.readString(file));
  }

  @Test
  void linesAreReadableAsSoonAsTheyAreAdded() {
    Path file = folder.resolve("log.csv");
    try (TrainingLog log = TrainingLog.create(file)) {
      assertEquals(List.of(), TrainingLog.read(file));
      log.add(FIRST);
      assertEquals(List.of(FIRST), TrainingLog.read(file));
      log.add(SECOND);
      assertEquals(List.of(FIRST, SECOND), TrainingLog.read(file));
    }
  }

  @Test
  void incompleteLastLineIsLeftOut() throws Exception {
    Path file = folder.resolve("log.csv");
    write(file);
    Files.writeString(file, "150,4.", StandardOpenOption.APPEND);
    assertEquals(List.of(FIRST, SECOND), TrainingLog.read(file));
  }

  @Test
  void resumedLogDropsWhatComesAfterTheCheckpoint() throws Exception {
    Path file = folder.resolve("log.csv");
    write(file);
    Files.writeString(file, "150,4.", StandardOpenOption.APPEND);
    Row again = new Row(100, 9, 1, 1, 1, 1);
    try (TrainingLog log = TrainingLog.resume(file, 50)) {
      log.add(again);
    }
    assertEquals(List.of(FIRST, again), TrainingLog.read(file));
    TrainingLog.resume(folder.resolve("new.csv"), 50).close();
    assertEquals(List.of(), TrainingLog.read(folder.resolve("new.csv")));
  }

  @Test
  void damagedLogIsRefusedWithTheLine() throws Exception {
    Path file = folder.resolve("log.csv");
    write(file);
    for (String line : List.of("x,1,2,3,4,5", "1,2,3", "1,2,3,4,5,six")) {
      write(file);
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
      BadInputException e = assertThrows(BadInputException.class, () -> TrainingLog.read(file));
      assertTrue(e.getMessage().contains("line 4"), e.getMessage());
    }
    Files.writeString(file, "a,b\n");
    assertThrows(BadInputException.class, () -> TrainingLog.resume(file, 1));
    assertEquals("a,b\n", Files.readString(file));
    assertThrows(BadInputException.class, () -> TrainingLog.read(folder.resolve("none.csv")));
  }

  @Test
  void placeThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "").resolve("log.csv");
    OutputException e = assertThrows(OutputException.class, () -> TrainingLog.create(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  private static void write(Path file) {
    try (TrainingLog log = TrainingLog.create(file)) {
      log.add(FIRST);
      log.add(SECOND);
    }
  }
}
