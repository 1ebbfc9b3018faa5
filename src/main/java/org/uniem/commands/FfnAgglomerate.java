package org.uniem.commands;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.agglomeration.Agglomeration;
import org.uniem.floodfilling.agglomeration.AgglomerationInput;
import org.uniem.floodfilling.agglomeration.AgglomerationOptions;
import org.uniem.floodfilling.agglomeration.DecisionOptions;
import org.uniem.floodfilling.agglomeration.MergeCriteria;
import org.uniem.floodfilling.agglomeration.MergeTable;
import org.uniem.floodfilling.agglomeration.PairScores;
import org.uniem.floodfilling.agglomeration.RegrowthOptions;
import org.uniem.floodfilling.agglomeration.Segmentation;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.FloodFillingNetwork;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/** Merges objects that a flood-filling network finds to be one. */
@Plugin(
    type = Command.class,
    name = "ffn-agglomerate",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Agglomerate...", weight = 5, mnemonic = 'a')
    },
    headless = true,
    description =
        "Merges neighbouring objects that are one when they are grown anew from either side")
public class FfnAgglomerate extends UniEmCommand {

  /** Where nothing else is said, gaps of up to twice this many voxels are looked at. */
  private static final int USUAL_DISTANCE_VOXELS = 10;

  @Parameter(
      label = "<html><b>Data</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Segmentation",
      description = "label stack of the same size, for example of ffn-segment or ffn-consensus",
      style = CommandParameters.VOLUME)
  File segmentation;

  @Parameter(
      label = "Model",
      description = "model folder made by ffn-import or ffn-train",
      style = "directory")
  File model;

  @Parameter(
      label = "Output",
      description = "new folder of label slices, or a name ending in .tif or .ome.zarr",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Table of merges",
      description = "new CSV file that can be edited and applied again; empty = beside the output",
      style = "save",
      required = false,
      persist = false)
  File table;

  @Parameter(
      label = "<html><b>Pairs</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String pairsHeading = "";

  @Parameter(
      label = "Largest distance",
      description =
          "from either object to the middle of the gap, in the unit of the voxel size; 0 = 10 times"
              + " the shortest edge of a voxel",
      min = "0",
      persist = false)
  double maxDistance = 0;

  @Parameter(
      label = "Smallest object (voxels)",
      description = "smaller objects are not merged",
      min = "0",
      persist = false)
  long minVoxels = 0;

  @Parameter(
      label = "<html><b>Merged if</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String criteriaHeading = "";

  @Parameter(
      label = "Overlap above",
      description = "intersection over union of what grew from either object",
      min = "0",
      max = "1",
      persist = false)
  double minIou = MergeCriteria.PUBLISHED.minIou();

  @Parameter(
      label = "Part of each above",
      description = "that grew again, from either object",
      min = "0",
      max = "1",
      persist = false)
  double minConsistency = MergeCriteria.PUBLISHED.minConsistency();

  @Parameter(
      label = "Taken back below",
      description = "part of what grew from one of them that became unlikely again on the way",
      min = "0",
      persist = false)
  double maxDeleted = MergeCriteria.PUBLISHED.maxDeleted();

  @Parameter(
      label = "<html><b>Growing anew</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String growingHeading = "";

  @Parameter(
      label = "Radius",
      description = "voxels around the point between both that are looked at, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String radius = RegrowthOptions.PUBLISHED.radius().toString();

  @Parameter(
      label = "Analysis radius",
      description = "voxels around it in which the result is compared, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String analysisRadius = RegrowthOptions.PUBLISHED.analysisRadius().toString();

  @Parameter(
      label = "Attempts",
      description = "seeds tried in each object",
      min = "1",
      max = "1000",
      style = CommandParameters.ADVANCED,
      persist = false)
  int attempts = RegrowthOptions.PUBLISHED.attempts();

  @Parameter(
      label = "Exclusion",
      description = "voxels around a failed seed in which no other is tried, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String exclusion = RegrowthOptions.PUBLISHED.exclusion().toString();

  @Parameter(
      label = "Recovery",
      description = "part of its object that a good attempt gives back",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double recovery = RegrowthOptions.PUBLISHED.recovery();

  @Parameter(
      label = "Mask threshold",
      description = "probability from which on voxels are compared",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double maskThreshold = RegrowthOptions.PUBLISHED.maskProbability();

  @Parameter(
      label = "Disco threshold",
      description =
          "from this share of likely voxels on, unlikely ones in the field of view stay so; -1 ="
              + " never",
      min = "-1",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double discoThreshold = FillingOptions.PUBLISHED.discoThreshold();

  @Parameter(
      label = "Move threshold",
      description = "probability from which on the field of view moves there; 0 = of the model",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double moveThreshold = 0;

  @Parameter(
      label = "Segment threshold",
      description = "probability from which on a voxel counts as recovered; 0 = of the model",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double segmentThreshold = 0;

  @Parameter(
      label = "<html><b>Compute</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String computeHeading = "";

  @Parameter(
      label = "Pairs at a time",
      description = "how many share the network; the result is the same",
      min = "1",
      max = "256",
      style = CommandParameters.ADVANCED,
      persist = false)
  int parallel = 1;

  @Parameter(
      label = "Batch",
      description = "fields of view that the network looks at together; the result is the same",
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int batch = 1;

  @Parameter(
      label = "Memory (MB)",
      description = "what pairs and blocks may take together; 0 = 60 % of Java's memory",
      min = "0",
      style = CommandParameters.ADVANCED,
      persist = false)
  long memory = 0;

  @Parameter(
      label = "Voxel size",
      description = "x,y,z,unit, for example 5,5,5,nm; empty = as the file says",
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = "Device",
      description = "auto takes a GPU where there is one",
      choices = {"auto", "cpu", "gpu"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String device = "auto";

  @Parameter(
      label = "Threads",
      description = "processors to use; 0 = all",
      min = "0",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int threads = 0;

  @Parameter(label = "Advanced...", callback = "showAdvanced", required = false, persist = false)
  private Button advanced;

  @Parameter(label = "Restore defaults", callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = "Help / how to cite", callback = "showHelp", required = false)
  private Button help;

  @Override
  protected boolean usesNetworks() {
    return true;
  }

  @Override
  protected int threads() {
    return threads == 0 ? super.threads() : threads;
  }

  /** A run that was killed between its table and its labels finds the table there. */
  @Override
  protected boolean resumes() {
    return Files.exists(journal());
  }

  @Override
  protected void checkParameters() {
    requireVoxelSize(voxelSize);
    growing(FillingOptions.PUBLISHED);
    criteria();
    Paths.requireFree("output", output.toPath());
    ObjectFiles.requireFree(output.toPath());
    if (!resumes()) {
      Paths.requireFree("table", table());
    }
  }

  @Override
  protected String outputEnding() {
    return "-agglomerated.tif";
  }

  @Override
  List<ResultView> views() {
    return List.of(
        new ResultView(ResultView.Kind.LABELS, output.toPath()),
        new ResultView(ResultView.Kind.TABLE, table()));
  }

  private Path table() {
    return CommandParameters.isGiven(table) ? table.toPath() : beside("-merges.csv");
  }

  /** Finished pairs are kept beside the output, which appears last. */
  private Path journal() {
    return beside("-agglomeration.journal");
  }

  private Path beside(String ending) {
    Path path = output.toPath();
    String name = Paths.isTiff(path) ? Paths.baseName(path) : path.getFileName().toString();
    return path.resolveSibling(name + ending);
  }

  @Override
  protected Path execute(Job job) {
    TensorFlowRuntime runtime = tensorFlow(device, threads);
    try (Volume stack = calibrated(openGrey("images", images), voxelSize);
        Volume labels = openGrey("segmentation", segmentation);
        FloodFillingNetwork network =
            new FloodFillingNetwork(ModelFolder.open(model.toPath()), runtime)) {
      AgglomerationInput.requireSameSize(stack, labels);
      job.device(runtime.describe());
      job.message("Agglomerating on " + runtime.describe() + ".");
      Segmentation objects = Segmentation.read(labels, job);
      AgglomerationOptions options =
          new AgglomerationOptions(
              candidates(stack.voxelSize()),
              growing(filling(network.options())),
              criteria(),
              parallel);
      List<PairScores> pairs =
          Agglomeration.score(
              new AgglomerationInput(stack, 0, objects, stack.voxelSize()),
              network.model(),
              options,
              journal(),
              job);
      job.message(pairs.size() + " pairs of neighbours.");
      publish(MergeTable.toCsv(pairs, criteria(), objects));
      return FfnApplyMerges.write(objects, MergeTable.read(table()), output.toPath(), job);
    }
  }

  /** Writes the table; one of an earlier run that was killed afterwards may be there. */
  private void publish(String csv) {
    Path file = table();
    try {
      if (Files.exists(file) && !Files.readString(file, StandardCharsets.UTF_8).equals(csv)) {
        throw new OutputException(
            "Cannot write table="
                + file
                + ": the file exists with another content, perhaps edited. Give another name or"
                + " delete it; what was computed is kept in "
                + journal().getFileName()
                + ".");
      }
    } catch (IOException e) {
      throw new OutputException(
          "Cannot read " + file + ": " + WholeFile.reason(e) + ". Give another name.", e);
    }
    WholeFile.writeText(file, csv);
  }

  private DecisionOptions candidates(VoxelSize size) {
    double shortest = Math.min(size.x(), Math.min(size.y(), size.z()));
    double distance = maxDistance == 0 ? USUAL_DISTANCE_VOXELS * shortest : maxDistance;
    return new DecisionOptions(distance, minVoxels, FfnSegment.bytes(memory));
  }

  private MergeCriteria criteria() {
    return new MergeCriteria(minIou, minConsistency, maxDeleted);
  }

  private FillingOptions filling(FillingOptions wish) {
    return new FillingOptions(
        wish.padProbability(),
        wish.seedProbability(),
        moveThreshold == 0 ? wish.moveProbability() : moveThreshold,
        segmentThreshold == 0 ? wish.segmentProbability() : segmentThreshold,
        wish.minSegmentVoxels(),
        discoThreshold,
        wish.minBoundaryDistance(),
        batch);
  }

  private RegrowthOptions growing(FillingOptions filling) {
    return new RegrowthOptions(
        FfnSegment.extent("radius", radius),
        FfnSegment.extent("analysisRadius", analysisRadius),
        attempts,
        FfnSegment.extent("exclusion", exclusion),
        recovery,
        maskThreshold,
        filling);
  }
}
