package org.uniem.viewers.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadParameterException;
import org.uniem.networks.training.events.EventWriter;

class CurvesFileTest {

  @TempDir Path folder;

  private TrainingView view() {
    try (EventWriter writer = new EventWriter(folder.resolve("training"))) {
      writer.scalar("loss/training", 10, 0.1f);
      writer.scalar("odd, \"tag\"", 15, 3);
      writer.scalar("loss/training", 20, Double.NaN);
      writer.scalar("odd, \"tag\"", 20, 4);
    }
    try (TrainingFollower once = new TrainingFollower(folder, Clock.systemUTC(), view -> {})) {
      return once.look();
    }
  }

  @Test
  void theTableHasALinePerStepAndAColumnPerCurve() throws Exception {
    Path file = folder.resolve("curves.csv");
    CurvesFile.save(file, view(), true);
    assertEquals(
        "step,loss/training,\"odd, \"\"tag\"\"\"\n10,0.1,\n15,,3.0\n20,NaN,4.0\n",
        Files.readString(file));
  }

  @Test
  void thePictureHoldsBothPlotsFinelyEnoughForPrint() throws Exception {
    Path file = folder.resolve("curves.PNG");
    CurvesFile.save(file, view(), true);
    var picture = ImageIO.read(file.toFile());
    assertEquals("2240x720", picture.getWidth() + "x" + picture.getHeight());
    boolean left = false;
    boolean right = false;
    for (int y = 0; y < 720; y++) {
      left |= picture.getRGB(600, y) != 0xffffffff;
      right |= picture.getRGB(1700, y) != 0xffffffff;
    }
    assertTrue(left && right);
  }

  @Test
  void anotherEndingIsRefused() {
    Path file = folder.resolve("curves.xls");
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> CurvesFile.save(file, view(), true));
    assertTrue(e.getMessage().contains("curves.xls") && e.getMessage().contains(".csv"));
    assertFalse(Files.exists(file));
  }
}
