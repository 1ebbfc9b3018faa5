package org.uniem.commands.data;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.Job;
import org.uniem.job.files.StagedOutput;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.phantom.Phantom;
import org.uniem.volumes.phantom.PhantomOptions;

/**
 * Makes tissue-like images with ground truth: {@code images.tif}, {@code mitochondria.tif}, {@code
 * cells.tif}.
 */
@Plugin(
    type = Command.class,
    name = "make-phantom",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Help", weight = 9, mnemonic = 'h'),
      @Menu(label = "Make Phantom...", weight = 3, mnemonic = 'p')
    },
    headless = true,
    description = "Makes EM-like images with ground truth of mitochondria and cells from a seed")
public class MakePhantom extends UniEmCommand {

  @Parameter(
      label = "Output folder",
      description = "new folder that gets the stacks images.tif, mitochondria.tif and cells.tif",
      style = "save",
      persist = false)
  File output;

  @Parameter(label = "Seed", description = "chooses the tissue and the noise", persist = false)
  long seed = 1;

  @Parameter(
      label = "<html><b>Size</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String sizeHeading = "";

  @Parameter(label = "Width", description = "in pixels", min = "16", max = "32768", persist = false)
  int width = 256;

  @Parameter(
      label = "Height",
      description = "in pixels",
      min = "16",
      max = "32768",
      persist = false)
  int height = 256;

  @Parameter(label = "Depth", description = "in slices", min = "1", max = "100000", persist = false)
  int depth = 24;

  @Parameter(
      label = "Pixel size (nm)",
      description = "edge of a pixel in nm; a smaller one shows the cells larger",
      min = "2",
      max = "100",
      persist = false)
  double pixelSizeNm = 8;

  @Parameter(
      label = "Slice thickness (nm)",
      description = "distance of the slices in nm",
      min = "2",
      max = "100",
      persist = false)
  double sliceThicknessNm = 30;

  @Parameter(
      label = "<html><b>Image</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String imageHeading = "";

  @Parameter(
      label = "Noise",
      description = "strength of shot and detector noise; 1 is that of a good microscope",
      min = "0",
      max = "10",
      persist = false)
  double noise = 1;

  @Parameter(
      label = "Contrast variation",
      description = "strength of uneven brightness and contrast; 1 is usual",
      min = "0",
      max = "3",
      persist = false)
  double contrastVariation = 1;

  @Parameter(
      label = "Mitochondria",
      description = "share of cell profiles that hold a mitochondrion where there is room",
      min = "0",
      max = "1",
      persist = false)
  double mitochondria = 0.75;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected List<ResultView> views() {
    return List.of(
        new ResultView(ResultView.Kind.LABELS, output.toPath().resolve("mitochondria.tif")),
        new ResultView(ResultView.Kind.GREY, output.toPath().resolve("images.tif")));
  }

  @Override
  protected Path execute(Job job) {
    VoxelSize voxelSize = new VoxelSize(pixelSizeNm, pixelSizeNm, sliceThicknessNm, "nm");
    PhantomOptions options =
        new PhantomOptions(
            width, height, depth, voxelSize, seed, noise, contrastVariation, mitochondria);
    write(Phantom.plan(options, job), output.toPath(), job);
    return output.toPath();
  }

  /**
   * Writes a phantom into a new folder that appears at once.
   *
   * @param folder gets {@code images.tif}, {@code mitochondria.tif} and {@code cells.tif}
   */
  static void write(Phantom phantom, Path folder, Job job) {
    StagedOutput staged = new StagedOutput(folder, true);
    Path parts = staged.temporary();
    try (VolumeWriter images = Volumes.create(parts.resolve("images.tif"), phantom.imageSpec());
        VolumeWriter labels =
            Volumes.create(parts.resolve("mitochondria.tif"), phantom.labelSpec());
        VolumeWriter cells = Volumes.create(parts.resolve("cells.tif"), phantom.cellSpec())) {
      phantom.write(images, labels, cells, job);
      images.commit();
      labels.commit();
      cells.commit();
      staged.commit();
    } finally {
      staged.discard();
    }
  }
}
