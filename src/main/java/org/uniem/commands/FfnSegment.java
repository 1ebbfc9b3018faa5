package org.uniem.commands;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.annotation.ObjectTable;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FillingResult;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.seeds.EmptySpaceSeeds;
import org.uniem.floodfilling.seeds.GridSeeds;
import org.uniem.floodfilling.seeds.PeakSeeds;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.floodfilling.seeds.ReversedSeeds;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.floodfilling.seeds.SequentialSeeds;
import org.uniem.floodfilling.seeds.SlicePeakSeeds;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.FloodFillingNetwork;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;

/** Grows labelled objects with a flood-filling network. */
@Plugin(
    type = Command.class,
    name = "ffn-segment",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Flood Filling", weight = 2, mnemonic = 'f'),
      @Menu(label = "Segment...", weight = 2, mnemonic = 's')
    },
    headless = true,
    description = "Segments a stack into objects with a flood-filling network")
public class FfnSegment extends UniEmCommand {

  /** Name of the table in a folder of label slices. */
  private static final String TABLE_NAME = "objects.csv";

  @Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
  private final String dataHeading = "<html><b>Data</b>";

  @Parameter(
      label = "Images",
      description = "folder of slices or TIFF stack, grey",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Model",
      description = "model folder made by ffn-import or ffn-train",
      style = "directory")
  File model;

  @Parameter(
      label = "Output",
      description = "new folder of label slices, or a name ending in .tif for a TIFF stack",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Mask",
      description = "stack of the same size; everything but 0 is left out; empty for none",
      style = CommandParameters.VOLUME,
      required = false,
      persist = false)
  File mask;

  @Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
  private final String seedsHeading = "<html><b>Seeds</b>";

  @Parameter(
      label = "Seeds",
      description =
          "peaks: between the edges of the image, as published; slice-peaks: the same in each"
              + " slice; grid, slice-grid: regular; points: from the file below",
      choices = {"peaks", "slice-peaks", "grid", "slice-grid", "points"},
      persist = false)
  String seeds = "peaks";

  @Parameter(
      label = "Points",
      description = "text file with x,y,z in voxels per line, for seeds=points",
      style = "open",
      required = false,
      persist = false)
  File points;

  @Parameter(
      label = "Reverse order",
      description = "tries the seeds from the last to the first, for a consensus",
      persist = false)
  boolean reverse = false;

  @Parameter(
      label = "Fill empty space",
      description = "tries the middle of what is still free at the end",
      persist = false)
  boolean fillEmpty = false;

  @Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
  private final String objectsHeading = "<html><b>Objects</b>";

  @Parameter(
      label = "Smallest object (voxels)",
      description = "objects with fewer voxels are rejected",
      min = "0",
      persist = false)
  int minVoxels = FillingOptions.PUBLISHED.minSegmentVoxels();

  @Parameter(
      label = "Boundary distance",
      description = "seeds this close to an object are skipped, in voxels, x,y,z or one number",
      style = CommandParameters.ADVANCED,
      persist = false)
  String boundaryDistance = "1,1,1";

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
      description = "probability from which on a voxel belongs to an object; 0 = of the model",
      min = "0",
      max = "1",
      style = CommandParameters.ADVANCED,
      persist = false)
  double segmentThreshold = 0;

  @Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
  private final String computeHeading = "<html><b>Compute</b>";

  @Parameter(
      label = "Batch",
      description = "fields of view that the network looks at together; the result is the same",
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      persist = false)
  int batch = 1;

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

  @Override
  protected void checkParameters() {
    requireVoxelSize(voxelSize);
    Axes.parse("boundaryDistance", boundaryDistance);
    if (seeds.equals("points") == (points == null)) {
      throw new BadParameterException(
          points == null
              ? "seeds=points, but points is not given: give a text file with x,y,z per line."
              : "points=" + points + " is given, but seeds=" + seeds + ": give seeds=points.");
    }
    if (Paths.isTiff(output.toPath())) {
      Paths.requireFree("output", Paths.companion(output.toPath(), TABLE_NAME));
    }
  }

  @Override
  protected String outputEnding() {
    return "-objects.tif";
  }

  @Override
  List<ResultView> views() {
    return List.of(
        new ResultView(ResultView.Kind.LABELS, output.toPath()),
        new ResultView(ResultView.Kind.TABLE, Paths.companion(output.toPath(), TABLE_NAME)));
  }

  @Override
  protected Path execute(Job job) {
    TensorFlowRuntime runtime = tensorFlow(device, threads);
    try (Volume stack = calibrated(openGrey("images", images), voxelSize);
        FloodFillingNetwork network =
            new FloodFillingNetwork(ModelFolder.open(model.toPath()), runtime)) {
      SeedPolicy policy = policy();
      FillingScene scene = scene(stack, network.model());
      job.device(runtime.describe());
      job.message("Segmenting on " + runtime.describe() + ".");
      Job.Stage stage = job.stage("Growing objects", scene.voxels(), "voxels");
      FillingResult result =
          FloodFilling.fill(
              scene, network, policy, options(network.options()), FillingListener.NONE, stage, job);
      write(scene, result.objects().size(), stack);
      job.message(result.objects().size() + " objects found.");
      return output.toPath();
    }
  }

  private FillingScene scene(Volume stack, FillingModel network) {
    FillingScene scene = scene(stack.channel(0), network);
    if (mask != null) {
      try (Volume excluded = openGrey("mask", mask)) {
        requireSameSize(stack, excluded);
        exclude(scene, excluded.channel(0));
      }
    }
    return scene;
  }

  @SuppressWarnings("unchecked") // what kind of number it is does not matter
  private static <T extends RealType<T>> FillingScene scene(
      RandomAccessibleInterval<? extends RealType<?>> image, FillingModel network) {
    RandomAccessibleInterval<T> pixels = (RandomAccessibleInterval<T>) image;
    return FillingScene.read(pixels, pixels, network.mean(), network.deviation());
  }

  @SuppressWarnings("unchecked") // what kind of number it is does not matter
  private static <T extends RealType<T>> void exclude(
      FillingScene scene, RandomAccessibleInterval<? extends RealType<?>> excluded) {
    scene.exclude((RandomAccessibleInterval<T>) excluded);
  }

  private void requireSameSize(Volume stack, Volume excluded) {
    if (stack.width() != excluded.width()
        || stack.height() != excluded.height()
        || stack.depth() != excluded.depth()) {
      throw new BadParameterException(
          "mask="
              + mask
              + " has another size than images="
              + images
              + ": give a mask with as many columns, rows and slices.");
    }
  }

  private SeedPolicy policy() {
    SeedPolicy policy =
        switch (seeds) {
          case "slice-peaks" -> new SlicePeakSeeds();
          case "grid" -> GridSeeds.volume();
          case "slice-grid" -> GridSeeds.slices();
          case "points" -> PointSeeds.read(points.toPath());
          default -> new PeakSeeds();
        };
    SeedPolicy ordered = reverse ? new ReversedSeeds(policy) : policy;
    return fillEmpty ? new SequentialSeeds(List.of(ordered, new EmptySpaceSeeds())) : ordered;
  }

  private FillingOptions options(FillingOptions wish) {
    List<Integer> distance = Axes.parse("boundaryDistance", boundaryDistance);
    return new FillingOptions(
        wish.padProbability(),
        wish.seedProbability(),
        moveThreshold == 0 ? wish.moveProbability() : moveThreshold,
        segmentThreshold == 0 ? wish.segmentProbability() : segmentThreshold,
        minVoxels,
        discoThreshold,
        new Extent(distance.get(0), distance.get(1), distance.get(2)),
        batch);
  }

  private void write(FillingScene scene, int objects, Volume stack) {
    VolumeSpec spec =
        new VolumeSpec(
            stack.width(),
            stack.height(),
            stack.depth(),
            1,
            LabelObjects.smallestType(objects),
            stack.voxelSize());
    ObjectTable table = new ObjectTable(stack.width(), stack.voxelSize());
    int voxels = scene.size().x() * scene.size().y();
    float[] slice = new float[voxels];
    long[] ids = new long[voxels];
    try (VolumeWriter writer = Volumes.create(output.toPath(), spec)) {
      for (int z = 0; z < scene.size().z(); z++) {
        for (int i = 0; i < voxels; i++) {
          ids[i] = Math.max(0, scene.labels()[z * voxels + i]);
          slice[i] = ids[i];
        }
        table.add(z, ids);
        writer.writeSlice(slice);
      }
      writer.commit();
    }
    WholeFile.writeText(Paths.companion(output.toPath(), TABLE_NAME), table.toCsv());
  }
}
