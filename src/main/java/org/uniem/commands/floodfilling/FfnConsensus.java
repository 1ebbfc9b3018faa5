package org.uniem.commands.floodfilling;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.FinalDimensions;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.floodfilling.joining.Consensus;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/** Keeps what two segmentations agree on. */
@Plugin(
    type = Command.class,
    name = "ffn-consensus",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Consensus...", weight = 4, mnemonic = 'c')
    },
    headless = true,
    description = "Splits objects wherever one of two segmentations splits them")
public class FfnConsensus extends UniEmCommand {

  @Parameter(
      label = "First segmentation",
      description = "label stack whose ids are kept where possible",
      style = CommandParameters.VOLUME)
  File first;

  @Parameter(
      label = "Second segmentation",
      description = "label stack of the same size, for example with the seeds in reverse order",
      style = CommandParameters.VOLUME)
  File second;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = ParameterTexts.LABELS_OUTPUT_IS,
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Smallest object (voxels)",
      description = "smaller fragments are left out",
      min = "0",
      persist = false)
  long minVoxels = 1000;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected void checkParameters() {
    ObjectFiles.requireFree(output.toPath());
  }

  @Override
  protected String outputEnding() {
    return "-consensus.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    try (Volume one = openLabels("first", first);
        Volume other = openLabels("second", second)) {
      VolumeSizes.requireSame("first", one, "second", other);
      long[] size = {one.width(), one.height(), one.depth()};
      Consensus consensus =
          Consensus.split(slices(one), slices(other), new FinalDimensions(size), minVoxels, job);
      Job.Stage stage = job.stage("Writing objects", size[2], "slices");
      long[] labels = new long[Math.toIntExact(size[0] * size[1])];
      ObjectFiles.write(
          output.toPath(),
          size,
          consensus.largestLabel(),
          one.voxelSize(),
          sink -> {
            for (long z = 0; z < size[2]; z++) {
              job.checkCancelled();
              consensus.read(z, labels);
              sink.accept(z, labels);
              stage.advance(1);
            }
          });
      job.message(
          consensus.fragments() + " objects, " + consensus.removed() + " smaller ones left out.");
      return output.toPath();
    }
  }

  private static LabelSlices slices(Volume volume) {
    return LabelSlices.of(volume, 0);
  }
}
