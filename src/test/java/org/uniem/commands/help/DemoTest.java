package org.uniem.commands.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.CommandLineRun;
import org.uniem.job.ProgressListener;

class DemoTest {

  @TempDir Path folder;

  @Test
  void reportHasCurveOverlaysScoresAndCommandLines() throws Exception {
    Path output = folder.resolve("demo デモ");
    CommandLineRun run = CommandLineRun.of("demo", "output=" + output, "minutes=0.1");
    assertEquals(0, run.status(), run.err());
    assertEquals(output.resolve("report.html").toString(), run.lastLine());
    String html = Files.readString(output.resolve("report.html"));
    assertTrue(html.contains("Jaccard index on the part kept"), "no curve");
    assertTrue(html.split("data:image/png", -1).length - 1 >= 12);
    for (String part : new String[] {"right", "false", "missed", "Compared", "processors"}) {
      assertTrue(html.contains(part), part);
    }
    for (String command :
        new String[] {"make-phantom", "train-network", "predict", "label-objects", "evaluate"}) {
      assertTrue(html.contains("scripts/uniem " + command), command);
    }
    // What the lines write must not exist, or they would be refused.
    assertTrue(html.contains("-again/"), "the lines write to another folder");
    for (String file :
        new String[] {"probability.tif", "objects-objects.csv", "scores-semantic.json"}) {
      assertTrue(Files.exists(output.resolve(file)), file);
    }
  }

  @Test
  void cancelledDemoLeavesNothing() {
    Path output = folder.resolve("demo");
    Demo demo = new Demo();
    demo.output = output.toFile();
    demo.reportTo(
        new ProgressListener() {
          @Override
          public void progress(String stage, long done, long total, String unit) {
            if (stage.equals("Training") && done > 0) {
              demo.cancel("Enough.");
            }
          }
        });
    demo.run();
    assertTrue(demo.isCanceled());
    assertTrue(demo.result().isEmpty());
    assertFalse(Files.exists(output));
  }
}
