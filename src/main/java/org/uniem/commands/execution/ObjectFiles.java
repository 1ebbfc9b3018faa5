package org.uniem.commands.execution;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.uniem.annotation.ObjectTable;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.postprocess.labelling.LabelSliceSink;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** A stack of labelled objects and the table of them, as commands leave them. */
public final class ObjectFiles {

  /** Name of the table in a folder of label slices. */
  static final String TABLE_NAME = "objects.csv";

  private ObjectFiles() {}

  /** Where the table of a stack goes. */
  public static Path table(Path output) {
    return Paths.companion(output, TABLE_NAME);
  }

  /** Checks that the table may be written. */
  public static void requireFree(Path output) {
    if (Paths.isTiff(output)) {
      Paths.requireFree("output", table(output));
    }
  }

  /** What opens in Fiji. */
  public static List<ResultView> views(Path output) {
    return List.of(
        new ResultView(ResultView.Kind.LABELS, output),
        new ResultView(ResultView.Kind.TABLE, table(output)));
  }

  /**
   * The smallest pixel type that holds ids up to a largest one.
   *
   * @param output of the stack
   * @throws BadInputException if none does
   */
  public static PixelType smallestType(Path output, long largest) {
    return Volumes.labelType(output, largest)
        .orElseThrow(
            () ->
                new BadInputException(
                    "The largest id is "
                        + largest
                        + ", but a stack of images holds ids up to "
                        + PixelType.FLOAT32.largestLabel()
                        + ": give an output with a name ending in .ome.zarr, or leave small objects"
                        + " out."));
  }

  /**
   * Writes both.
   *
   * @param output of the stack
   * @param size width, height and depth
   * @param largest largest label
   * @param voxelSize of the stack
   * @param source gives the slices to the sink, in ascending order
   */
  public static void write(
      Path output,
      long[] size,
      long largest,
      VoxelSize voxelSize,
      Consumer<LabelSliceSink> source) {
    VolumeSpec spec =
        new VolumeSpec(size[0], size[1], size[2], 1, smallestType(output, largest), voxelSize);
    ObjectTable table =
        new ObjectTable(size[0], voxelSize.hasDepth() ? voxelSize : VoxelSize.UNKNOWN);
    try (VolumeWriter writer = Volumes.create(output, spec)) {
      source.accept(
          (z, labels) -> {
            table.add(z, labels);
            writer.writeLabels(labels);
          });
      writer.commit();
    }
    try {
      WholeFile.writeText(table(output), table.toCsv());
    } catch (OutputException e) {
      Paths.deleteAfter(e, output);
      throw e;
    }
  }

  /**
   * Writes both.
   *
   * @param output of the stack
   * @param like has the size and the voxel size
   * @param largest largest label
   * @param slices the labels
   */
  public static void write(Path output, Volume like, long largest, LabelSlices slices, Job job) {
    long[] size = {like.width(), like.height(), like.depth()};
    Job.Stage progress = job.stage("Writing objects", size[2], "slices");
    long[] labels = new long[Math.toIntExact(size[0] * size[1])];
    write(
        output,
        size,
        largest,
        like.voxelSize(),
        sink -> {
          for (long z = 0; z < size[2]; z++) {
            slices.read(z, labels);
            sink.accept(z, labels);
            progress.advance(1);
          }
        });
  }
}
