package org.uniem.fiji;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Frame;
import java.awt.event.WindowEvent;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.prefs.PrefService;
import org.scijava.ui.UIService;
import org.uniem.commands.OpenInBigDataViewer;
import org.uniem.commands.PaintLabels;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import sc.fiji.labkit.ui.segmentation.SegmentationPluginService;

/** With Fiji's libraries the commands open Labkit and BigDataViewer. */
class ViewerCommandsTest {

  @TempDir Path folder;

  private File images() {
    Path file = folder.resolve("cells.tif");
    Volume volume =
        Volumes.of(ArrayImgs.unsignedBytes(64, 64, 4), new VoxelSize(8, 8, 30, "nm"), "cells");
    try (VolumeWriter writer = Volumes.create(file, Volumes.specOf(volume))) {
      for (int z = 0; z < 4; z++) {
        float[] slice = new float[64 * 64];
        for (int i = 0; i < slice.length; i++) {
          slice[i] = i % 200;
        }
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    return file.toFile();
  }

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
    new Screen();
    try (Context context =
        new Context(
            CommandService.class,
            SegmentationPluginService.class,
            PrefService.class,
            UIService.class)) {
      File images = images();
      File output = folder.resolve("painted.tif").toFile();
      run(context, PaintLabels.class, Map.of("images", images, "output", output));
      Frame labkit = frame("Paint Labels - cells.tif").orElseThrow();
      run(context, OpenInBigDataViewer.class, Map.of("images", images, "labels", images.getPath()));
      Frame bdv = frame("cells.tif").orElseThrow();
      assertTrue(bdv.getClass().getName().startsWith("bdv."), bdv.getClass().getName());
      for (Frame frame : new Frame[] {labkit, bdv}) {
        frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
        Screen.await("the window to close", 10, () -> !frame.isShowing());
      }
    }
  }
}
