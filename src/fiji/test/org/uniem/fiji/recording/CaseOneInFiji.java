package org.uniem.fiji.recording;

import ij.IJ;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.imagej.ImageJ;
import org.uniem.fiji.Screen;

/** What runs in a Fiji of its own: records Case 1, or replays what was recorded. */
public final class CaseOneInFiji {

  private CaseOneInFiji() {}

  /**
   * Starts Fiji.
   *
   * @param args {@code record} or {@code replay}, the file of the macro, and for recording the
   *     folder of the results
   */
  public static void main(String[] args) throws Exception {
    ImageJ fiji = new ImageJ();
    if (args[0].equals("record")) {
      fiji.ui().showUI();
      record(Path.of(args[1]), Path.of(args[2]));
    } else {
      IJ.runMacro(Files.readString(Path.of(args[1])));
    }
    Runtime.getRuntime().halt(0);
  }

  private static void record(Path macro, Path results) throws Exception {
    Screen screen = new Screen();
    DialogRobot robot = new DialogRobot(screen);
    Screen.await("Fiji's window", 60, () -> IJ.getInstance() != null);
    Screen.sleep(2000);
    IJ.doCommand("Record...");
    Screen.await("the recorder", 30, () -> Recorder.getInstance() != null);
    open("UNI-EM Phantom (EM Stack)", "phantom.tif");
    open("UNI-EM Phantom (Labels)", "phantom-labels.tif");
    IJ.selectWindow("phantom.tif");
    Path model = results.resolve("model");
    robot.run(
        "Train Network...",
        Map.of(
            "Labels",
            "phantom-labels.tif",
            "Model",
            model,
            "Labelled slices (from 0)",
            "4,12",
            "Steps",
            40),
        Map.of("Patch size", 64, "Device", "cpu"),
        () -> Files.exists(model.resolve("provenance.json")));
    IJ.selectWindow("phantom.tif");
    robot.run(
        "Predict...",
        Map.of("Model", model, "Output", results.resolve("probability.tif"), "Flips", "1"),
        Map.of("Device", "cpu"),
        () -> WindowManager.getImage("probability.tif") != null);
    robot.run(
        "Label Objects...",
        Map.of("Output", results.resolve("objects.tif"), "Threshold", 0.1),
        Map.of(),
        () -> WindowManager.getImage("objects.tif") != null);
    robot.run(
        "Evaluate...",
        Map.of(
            "Ground truth",
            "phantom-labels.tif",
            "Report",
            results.resolve("scores.json"),
            "Mode",
            "instance",
            "Slices (from 0)",
            "0-3,5-11"),
        Map.of(),
        () -> WindowManager.getWindow("scores.csv") != null);
    screen.save("case-1-in-fiji");
    Screen.await("the record", 30, () -> Recorder.getInstance().getText().contains("scores.json"));
    Files.writeString(macro, Recorder.getInstance().getText());
  }

  private static void open(String sample, String title) {
    IJ.doCommand(sample);
    Screen.await(title, 60, () -> WindowManager.getImage(title) != null);
    Screen.sleep(500);
  }
}
