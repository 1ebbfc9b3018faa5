package org.uniem.commands.postprocess;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.FinalDimensions;
import org.uniem.commands.execution.ObjectFiles;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.postprocess.affinities.Offset;
import org.uniem.postprocess.agglomeration.GraphOptions;
import org.uniem.postprocess.agglomeration.RegionGraph;
import org.uniem.postprocess.agglomeration.RegionGraphs;
import org.uniem.postprocess.agglomeration.SegmentTable;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.ProbabilitySlices;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/**
 * An over-segmentation and the maps that say which of its regions belong together, as several
 * commands take them. The volumes stay those of the caller.
 */
final class RegionInput {

  private final Volume labels;
  private final Volume maps;
  private final List<Offset> offsets;
  private final boolean inverted;
  private final boolean withinSlices;

  /**
   * @param labels the over-segmentation, voxel size included
   * @param maps a map of boundaries, or one affinity map per offset
   * @param offsets as text; empty for a map of boundaries
   * @param inverted whether bright means inside (a map of boundaries) or apart (affinities)
   * @param connectivity 6 where regions touch in 3D, 4 in each slice alone
   * @throws BadInputException if the sizes differ
   * @throws BadParameterException if the offsets are not as many as the maps
   */
  RegionInput(Volume labels, Volume maps, String offsets, boolean inverted, String connectivity) {
    this.labels = labels;
    this.maps = maps;
    this.inverted = inverted;
    this.withinSlices = connectivity.equals("4");
    this.offsets = offsets.isBlank() ? List.of() : Offset.parse(offsets);
    VolumeSizes.requireSame("labels", labels, "images", maps);
    requireOffsets(maps, this.offsets);
  }

  /**
   * Checks that there is an offset for each map.
   *
   * @param offsets none for a map of boundaries
   * @throws BadParameterException if not
   */
  static void requireOffsets(Volume maps, List<Offset> offsets) {
    if (offsets.isEmpty() && maps.channels() > 1) {
      throw new BadParameterException(
          maps.name()
              + " has "
              + maps.channels()
              + " maps: give offsets=… with x,y,z of each if they are affinities, or a map of"
              + " boundaries alone.");
    }
    if (!offsets.isEmpty() && offsets.size() != maps.channels()) {
      throw new BadParameterException(
          "offsets="
              + Offset.format(offsets)
              + " are "
              + offsets.size()
              + ", but "
              + maps.name()
              + " has "
              + maps.channels()
              + " maps: give one offset for each.");
    }
  }

  /** The graph of the regions. */
  RegionGraph graph(GraphOptions wanted, Job job) {
    GraphOptions options = withinSlices ? wanted.eachSliceAlone() : wanted;
    if (offsets.isEmpty()) {
      return RegionGraphs.ofBoundary(
          slices(), ProbabilitySlices.of(maps, 0, inverted), size(), options, job);
    }
    return RegionGraphs.ofAffinities(
        slices(), readers(maps, inverted), offsets, size(), options, job);
  }

  /** The probabilities of all maps. */
  static List<SliceReader> readers(Volume maps, boolean inverted) {
    List<SliceReader> readers = new ArrayList<>();
    for (int channel = 0; channel < maps.channels(); channel++) {
      readers.add(ProbabilitySlices.of(maps, channel, inverted));
    }
    return readers;
  }

  /** Writes the segments and a table of them. */
  void write(SegmentTable segments, Path output, Job job) {
    ObjectFiles.write(output, labels, segments.largest(), segments.relabel(slices()), job);
    job.message(segments.fragments() + " regions joined to " + segments.segments() + " objects.");
  }

  private LabelSlices slices() {
    return LabelSlices.of(labels, 0);
  }

  private FinalDimensions size() {
    return VolumeSizes.of(labels);
  }
}
