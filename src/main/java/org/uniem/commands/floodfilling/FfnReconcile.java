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
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.floodfilling.joining.Reconciliation;
import org.uniem.floodfilling.joining.ReconciliationOptions;
import org.uniem.floodfilling.subvolumes.SegmentationFolder;
import org.uniem.job.Job;
import org.uniem.volumes.VoxelSize;

/** Joins the subvolumes of a segmentation with thresholds of one's own. */
@Plugin(
    type = Command.class,
    name = "ffn-reconcile",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Reconcile Subvolumes...", weight = 3, mnemonic = 'r')
    },
    headless = true,
    description = "Joins overlapping subvolumes of ffn-segment into one stack of objects")
public class FfnReconcile extends UniEmCommand {

  @Parameter(
      label = "Subvolumes",
      description = "folder that ffn-segment has left beside its output",
      style = "directory")
  File subvolumes;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = ParameterTexts.LABELS_OUTPUT_IS,
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Smallest shared part",
      description =
          "objects are one if they share this part of their voxels in the overlap, above 0 to 1",
      min = "0",
      max = "1",
      persist = false)
  double minShare = ReconciliationOptions.DEFAULT.minShare();

  @Parameter(
      label = "Part of both objects",
      description = "whether it must be that part of both objects, or of one of them",
      persist = false)
  boolean bothSides = ReconciliationOptions.DEFAULT.both();

  @Parameter(
      label = "Shared voxels",
      description = "they share at least so many voxels",
      min = "1",
      persist = false)
  long minShared = ReconciliationOptions.DEFAULT.minSharedVoxels();

  @Parameter(
      label = "Smallest object (voxels)",
      description = "smaller objects are left out of the whole",
      min = "0",
      persist = false)
  long minVoxels = ReconciliationOptions.DEFAULT.minObjectVoxels();

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = "x,y,z,unit, for example 5,5,5,nm; empty = unknown",
      required = false,
      persist = false)
  String voxelSize = "";

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  @Override
  protected void checkParameters() {
    options();
    ObjectFiles.requireFree(output.toPath());
  }

  private ReconciliationOptions options() {
    return new ReconciliationOptions(minShare, bothSides, minShared, minVoxels);
  }

  @Override
  protected String outputEnding() {
    return "-labels.tif";
  }

  @Override
  protected List<ResultView> views() {
    return ObjectFiles.views(output.toPath());
  }

  @Override
  protected Path execute(Job job) {
    SegmentationFolder parts = SegmentationFolder.open(subvolumes.toPath());
    Reconciliation whole = Reconciliation.of(parts, options(), job);
    VoxelSize size = voxelSize.isBlank() ? VoxelSize.UNKNOWN : VoxelSize.parse(voxelSize);
    ObjectFiles.write(
        output.toPath(),
        parts.grid().volume(),
        whole.count(),
        size,
        sink -> whole.write(sink, job));
    job.message(whole.count() + " objects, " + whole.joined() + " joined to others.");
    return output.toPath();
  }
}
