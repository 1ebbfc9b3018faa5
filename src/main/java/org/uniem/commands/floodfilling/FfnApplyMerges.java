package org.uniem.commands.floodfilling;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
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
import org.uniem.floodfilling.agglomeration.MergeTable;
import org.uniem.floodfilling.agglomeration.MergedLabels;
import org.uniem.floodfilling.agglomeration.Segmentation;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/** Merges the objects of a segmentation as an edited table says. */
@Plugin(
    type = Command.class,
    name = "ffn-apply-merges",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Apply Merges...", weight = 6, mnemonic = 'm')
    },
    headless = true,
    description = "Merges objects as a table of ffn-agglomerate says, edited or not")
public class FfnApplyMerges extends UniEmCommand {

  @Parameter(
      label = "Segmentation",
      description = "label stack the table was made from; it stays as it is",
      style = CommandParameters.VOLUME)
  File segmentation;

  @Parameter(
      label = "Table",
      description =
          "of ffn-agglomerate: write separate instead of merge, or delete a row, to undo a merge;"
              + " or one of your own with the columns a and b",
      style = "open")
  File table;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = ParameterTexts.LABELS_OUTPUT_IS,
      style = "save",
      persist = false)
  File output;

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
    return "-merged.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    MergeTable merges = MergeTable.read(table.toPath());
    try (Volume stack = openLabels("segmentation", segmentation)) {
      return write(Segmentation.read(stack, job), merges, output.toPath(), job);
    }
  }

  /** Writes a segmentation with the merges of a table. */
  static Path write(Segmentation objects, MergeTable merges, Path output, Job job) {
    MergedLabels merged = MergedLabels.of(objects, merges);
    Volume stack = objects.volume();
    long[] size = {stack.width(), stack.height(), stack.depth()};
    Job.Stage stage = job.stage("Writing objects", size[2], "slices");
    long[] labels = new long[Math.toIntExact(size[0] * size[1])];
    ObjectFiles.write(
        output,
        size,
        objects.largest(),
        stack.voxelSize(),
        sink -> {
          for (long z = 0; z < size[2]; z++) {
            job.checkCancelled();
            merged.read(z, labels);
            sink.accept(z, labels);
            stage.advance(1);
          }
        });
    job.message(
        merges.merges()
            + " merges: "
            + objects.count()
            + " objects became "
            + merged.objects()
            + ".");
    return output;
  }
}
