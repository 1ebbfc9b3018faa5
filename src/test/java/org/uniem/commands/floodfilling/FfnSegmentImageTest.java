package org.uniem.commands.floodfilling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.PointRoi;
import ij.macro.Interpreter;
import ij.process.ByteProcessor;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.uniem.commands.TestStacks;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** Objects grow from points that are selected in an open image. */
public class FfnSegmentImageTest {

  private static final int WIDTH = 40;

  @TempDir Path folder;

  @BeforeEach
  void beginBatchMode() {
    Interpreter.batchMode = true;
    Bars.saveModel(folder.resolve("model"), 1);
  }

  @AfterEach
  void endBatchMode() {
    int[] ids = WindowManager.getIDList();
    for (int id : ids == null ? new int[0] : ids) {
      Interpreter.removeBatchModeImage(WindowManager.getImage(id));
    }
    WindowManager.setTempCurrentImage(null);
    Interpreter.batchMode = false;
  }

  private static ImagePlus showBars() {
    ImageStack stack = new ImageStack(WIDTH, Bars.SIDE);
    for (int z = 0; z < Bars.SIDE; z++) {
      ByteProcessor slice = new ByteProcessor(WIDTH, Bars.SIDE);
      float[] values = Bars.slice(z, WIDTH);
      for (int i = 0; i < values.length; i++) {
        slice.set(i, (int) values[i]);
      }
      stack.addSlice(slice);
    }
    ImagePlus image = new ImagePlus("bars", stack);
    image.show();
    return image;
  }

  private Object[] inputs() {
    return new Object[] {
      "images",
      new File("bars"),
      "model",
      folder.resolve("model").toFile(),
      "output",
      folder.resolve("out.tif").toFile(),
      "seeds",
      "points",
      "minVoxels",
      100,
      "device",
      "cpu"
    };
  }

  private float label(int x, int y, int z) {
    try (Volume volume = Volumes.open(folder.resolve("out.tif"))) {
      return TestStacks.slice(volume, z)[y * WIDTH + x];
    }
  }

  private void selectSecondBarThenFirst(ImagePlus image) {
    PointRoi points = new PointRoi();
    image.setSlice(9);
    points.addPoint(image, 5.4, 11.5);
    image.setSlice(6);
    points.addPoint(image, 30, 4);
    image.setSlice(1);
    image.setRoi(points);
  }

  @Test
  void objectsGrowFromSelectedPoints() throws Exception {
    selectSecondBarThenFirst(showBars());
    List<String> events = new ArrayList<>();
    try (Context context = new Context()) {
      Object listener =
          new Object() {
            @EventHandler
            void onChange(FillingEvent event) {
              events.add(event.subvolumes().getFileName() + " " + event.isRunning());
            }
          };
      context.service(EventService.class).subscribe(listener);
      CommandModule module =
          context.service(CommandService.class).run(FfnSegment.class, true, inputs()).get();
      assertFalse(module.isCanceled(), module.getCancelReason());
    }
    assertEquals(2, label(20, 4, 8));
    assertEquals(1, label(20, 11, 8));
    assertEquals(List.of("out-subvolumes true", "out-subvolumes false"), events);
    try (Stream<Path> files = Files.list(folder.resolve("out-subvolumes"))) {
      Path seeds =
          files.filter(file -> file.getFileName().toString().endsWith(".csv")).findFirst().get();
      assertEquals("x,y,z\n5,11,8\n30,4,5\n", Files.readString(seeds));
      assertTrue(
          Files.readString(folder.resolve("out-provenance.json"))
              .contains(seeds.getFileName().toString()));
    }
  }

  @Test
  void selectedPointsReachTheNetworkInAnotherProcess() throws Exception {
    selectSecondBarThenFirst(showBars());
    try (Context context = new Context()) {
      CommandInfo info = context.service(CommandService.class).getCommand(FfnSegment.class);
      Module module = context.service(ModuleService.class).createModule(info);
      Object[] inputs = inputs();
      for (int i = 0; i < inputs.length; i += 2) {
        module.setInput((String) inputs[i], inputs[i + 1]);
      }
      UniEmCommand command = (UniEmCommand) module.getDelegateObject();
      command.runNetworks(() -> true);
      command.run();
      assertFalse(command.isCanceled(), command.getCancelReason());
    }
    assertEquals(2, label(20, 4, 8));
    assertEquals(1, label(20, 11, 8));
  }

  @Test
  void imageWithoutPointsIsRefused() throws Exception {
    showBars();
    try (Context context = new Context()) {
      CommandModule module =
          context.service(CommandService.class).run(FfnSegment.class, true, inputs()).get();
      assertTrue(module.isCanceled());
      assertTrue(
          module.getCancelReason().replaceAll("\\s+", " ").contains("with the multi-point tool"),
          module.getCancelReason());
    }
    assertTrue(Files.notExists(folder.resolve("out-subvolumes")));
  }
}
