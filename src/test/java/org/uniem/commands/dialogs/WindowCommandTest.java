package org.uniem.commands.dialogs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.uniem.commands.TestStacks;
import org.uniem.commands.data.PaintLabels;
import org.uniem.commands.view.OpenInBigDataViewer;
import org.uniem.volumes.PixelType;

/** Commands that open windows say in one sentence what is missing. */
class WindowCommandTest {

  @TempDir Path folder;

  private String reason(Class<? extends Command> command, Map<String, Object> inputs)
      throws Exception {
    try (Context context = new Context(CommandService.class)) {
      Object delegate =
          context
              .service(CommandService.class)
              .run(command, false, inputs)
              .get()
              .getDelegateObject();
      return ((Cancelable) delegate).getCancelReason();
    }
  }

  @Test
  void wrongVoxelSizesAreRefusedBeforeAnythingElse() throws Exception {
    File images =
        TestStacks.write(folder.resolve("images.tif"), PixelType.UINT8, 2, new float[4]).toFile();
    File output = folder.resolve("labels.tif").toFile();
    String painting =
        reason(PaintLabels.class, Map.of("images", images, "output", output, "voxelSize", "5,5"));
    assertTrue(painting.contains("5,5"), painting);
    String viewing = reason(OpenInBigDataViewer.class, Map.of("images", images, "voxelSize", "5"));
    assertTrue(viewing.contains("voxelSize=5"), viewing);
  }

  @Test
  void withoutDisplayWindowCommandsAreCancelledWithOneSentence() throws Exception {
    File images =
        TestStacks.write(folder.resolve("images.tif"), PixelType.UINT8, 2, new float[4]).toFile();
    File output = folder.resolve("labels.tif").toFile();
    String painting = reason(PaintLabels.class, Map.of("images", images, "output", output));
    assertTrue(painting.contains("display") && painting.contains("--headless"), painting);
    assertFalse(Files.exists(output.toPath()));
    String viewing = reason(OpenInBigDataViewer.class, Map.of("images", images));
    assertTrue(viewing.contains("display"), viewing);
  }
}
