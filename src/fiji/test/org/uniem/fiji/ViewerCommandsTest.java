package org.uniem.fiji;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Frame;
import java.awt.Point;
import java.awt.event.WindowEvent;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.prefs.PrefService;
import org.scijava.ui.UIService;
import org.uniem.commands.data.PaintLabels;
import org.uniem.commands.view.OpenInBigDataViewer;
import sc.fiji.labkit.ui.segmentation.SegmentationPluginService;

/** With Fiji's libraries the commands open Labkit and BigDataViewer. */
class ViewerCommandsTest {

  @TempDir Path folder;

  private static Optional<Frame> frame(String title) {
    return Arrays.stream(Frame.getFrames())
        .filter(frame -> frame.isShowing() && title.equals(frame.getTitle()))
        .findFirst();
  }

  private static void run(
      Context context, Class<? extends Command> command, Map<String, Object> inputs)
      throws Exception {
    Object delegate =
        context.service(CommandService.class).run(command, false, inputs).get().getDelegateObject();
    assertFalse(((Cancelable) delegate).isCanceled(), ((Cancelable) delegate).getCancelReason());
  }

  @Test
  void commandsOpenTheBestWindows() throws Exception {
    Screen screen = new Screen();
    try (Context context =
        new Context(
            CommandService.class,
            SegmentationPluginService.class,
            PrefService.class,
            UIService.class)) {
      SmallPhantom.write(folder);
      File images = folder.resolve("images.tif").toFile();
      File output = folder.resolve("painted.tif").toFile();
      run(context, PaintLabels.class, Map.of("images", images, "output", output));
      Frame labkit = frame("Paint Labels - images.tif").orElseThrow();
      run(
          context,
          OpenInBigDataViewer.class,
          Map.of("images", images, "labels", folder.resolve("mitochondria.tif").toString()));
      Frame bdv = frame("images.tif").orElseThrow();
      assertTrue(bdv.getClass().getName().startsWith("bdv."), bdv.getClass().getName());
      screen.move(new Point(bdv.getX() + 320, bdv.getY() + 250));
      Screen.sleep(1500);
      screen.save("bdv-phantom", bdv);
      for (Frame frame : new Frame[] {labkit, bdv}) {
        frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
        Screen.await("the window to close", 10, () -> !frame.isShowing());
      }
    }
  }
}
