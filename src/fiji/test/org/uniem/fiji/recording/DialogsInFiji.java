package org.uniem.fiji.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.plugin.frame.Recorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.imagej.ImageJ;
import org.uniem.fiji.Screen;

/** What runs in a Fiji of its own: a user who errs, gives up, and tries again. */
public final class DialogsInFiji {

  private static final String COMMAND = "Label Objects...";

  private DialogsInFiji() {}

  /**
   * Starts Fiji.
   *
   * @param args the images and the folder of the results
   */
  public static void main(String[] args) throws Exception {
    new ImageJ().ui().showUI();
    Screen.await("Fiji's window", 60, () -> IJ.getInstance() != null);
    Screen.sleep(1000);
    try {
      use(new DialogRobot(new Screen()), args[0], Path.of(args[1]));
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void use(DialogRobot robot, String images, Path folder) throws Exception {
    IJ.doCommand("Record...");
    Screen.await("the recorder", 30, () -> Recorder.getInstance() != null);
    IJ.open(images);
    final String before = Recorder.getInstance().getText();

    // An output that is taken: the reason, and the dialog again as it was.
    Path taken = Files.createFile(folder.resolve("taken.tif"));
    IJ.doCommand(COMMAND);
    robot.await(COMMAND);
    robot.fill(COMMAND, Map.of("Output", taken, "Threshold", 0.3));
    robot.press(COMMAND, "OK");
    robot.dismiss("Label Objects");
    robot.await(COMMAND);
    assertEquals(taken.toString(), robot.text(COMMAND, "Output"));
    assertEquals("0.3", robot.text(COMMAND, "Threshold"));
    robot.press(COMMAND, "Cancel");
    robot.awaitGone(COMMAND);
    Screen.sleep(1000);
    assertEquals(before, Recorder.getInstance().getText(), "a cancelled run records nothing");

    // The next time what was typed is there; then it is done.
    IJ.doCommand(COMMAND);
    robot.await(COMMAND);
    assertEquals("0.3", robot.text(COMMAND, "Threshold"));
    Path output = folder.resolve("objects.tif");
    robot.fill(COMMAND, Map.of("Output", output));
    robot.press(COMMAND, "OK");
    Screen.await("the result", 60, () -> Files.exists(folder.resolve("objects-objects.csv")));
    Screen.await("the end", 60, () -> !Recorder.getInstance().getText().equals(before));
    String recorded = Recorder.getInstance().getText().substring(before.length()).strip();
    assertEquals(
        "run(\"Label Objects...\", \"images=" + images + " threshold=0.3 output=" + output + "\");",
        recorded.lines().findFirst().orElseThrow());

    // What was done is no reason to do the same again.
    IJ.doCommand(COMMAND);
    robot.await(COMMAND);
    assertEquals("0.5", robot.text(COMMAND, "Threshold"));
    robot.press(COMMAND, "Cancel");
    robot.awaitGone(COMMAND);
  }
}
