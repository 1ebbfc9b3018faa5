package org.uniem.commands.postprocess;

import java.io.File;
import org.scijava.plugin.Parameter;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;

/** What commands take that join the regions of an over-segmentation; it stands first. */
abstract class RegionParameters extends UniEmCommand {

  @Parameter(
      label = "Regions",
      description = "over-segmentation without gaps, for example of the watershed",
      style = CommandParameters.VOLUME)
  File labels;

  @Parameter(
      label = "Boundaries or affinities",
      description =
          "probability map of boundaries, or with offsets one map per affinity; 8-bit (255 = 1),"
              + " 16-bit (65535 = 1) or float",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Offsets of affinities",
      description =
          "x,y,z in voxels for each affinity map, for example 1,0,0 0,1,0 0,0,1; empty for a map of"
              + " boundaries",
      required = false,
      persist = false)
  String offsets = "";

  @Parameter(
      label = "Bright is inside",
      description = "the map is bright inside objects, not at boundaries; bright affinities: apart",
      persist = false)
  boolean invert = false;
}
