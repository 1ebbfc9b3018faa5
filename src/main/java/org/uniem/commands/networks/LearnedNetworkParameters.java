package org.uniem.commands.networks;

import java.io.File;
import org.scijava.ItemVisibility;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.uniem.commands.execution.NetworkCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.networks.training.TrainingOptions;

/** What is learnt from which images by which network, in the order of the dialog; stands first. */
abstract class LearnedNetworkParameters extends NetworkCommand {

  static final String AFFINITIES = "affinities";

  /** Neighbours, and pairs within a slice that are farther apart, in eight directions. */
  static final String DEFAULT_OFFSETS =
      "1,0,0 0,1,0 9,0,0 0,9,0 9,9,0 9,-9,0 9,4,0 4,9,0 4,-9,0 9,-4,0 27,0,0 0,27,0";

  private static final String CLASSES = "classes";

  @Parameter(
      label = ParameterTexts.DATA_HEADING,
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String dataHeading = "";

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey or RGB",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Labels",
      description = "painted slices of the same size, names or numbers as the images",
      style = CommandParameters.VOLUME)
  File labels;

  @Parameter(
      label = "Model",
      description = "new folder that becomes the model, or that of an earlier training to resume",
      style = "save",
      persist = false)
  File model;

  @Parameter(
      label = "Labelled slices (from 0)",
      description = "slices whose labels count, counted from 0, for example 0-4,9; empty for all",
      required = false,
      persist = false)
  String slices = "";

  @Parameter(
      label = "Unlabelled value",
      description =
          "label value of pixels that are ignored; where none is given or noted, every pixel is labelled",
      min = "0",
      max = "16777215",
      style = CommandParameters.ADVANCED,
      attrs =
          @Attr(name = CommandParameters.WORD, value = "-1=as noted in the labels by Paint Labels"),
      persist = false)
  int unlabelled = -1;

  @Parameter(
      label = "Classes",
      description =
          "foreground: every value but 0 is one class; values: each value is a class; auto: values"
              + " where Paint Labels noted several classes besides the background, else foreground",
      choices = {"auto", "foreground", "values"},
      style = CommandParameters.ADVANCED,
      persist = false)
  String classes = "auto";

  @Parameter(
      label = "Target",
      description =
          "classes of pixels; or affinities: whether pairs of pixels are of one object, for"
              + " mutex-watershed",
      choices = {CLASSES, AFFINITIES},
      style = CommandParameters.ADVANCED,
      persist = false)
  String target = CLASSES;

  @Parameter(
      label = "Offsets of affinities",
      description =
          "x,y,z from one pixel of each pair to the other, one output map each, for example 1,0,0"
              + " 0,1,0 9,0,0 0,9,0; for target affinities",
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String offsets = DEFAULT_OFFSETS;

  @Parameter(
      label = "Neighbouring slices",
      description = "slices above and below that the network sees too, on each side",
      min = "0",
      max = "16",
      persist = false)
  int context = 0;

  @Parameter(
      label = "Distance of neighbours",
      description = "distance of the neighbouring slices from each other in slices",
      min = "1",
      max = "64",
      style = CommandParameters.ADVANCED,
      persist = false)
  int contextStep = 1;

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      style = CommandParameters.ADVANCED,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = "<html><b>Network</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String networkHeading = "";

  @Parameter(
      label = "Architecture",
      description = "compact-unet is fast on CPUs; further ones may come as plugins",
      choices = {"compact-unet", "unet", "resnet", "highwaynet", "densenet"},
      style = CommandParameters.EXTENSIBLE,
      persist = false)
  String architecture = TrainingOptions.DEFAULT.network().architecture();

  @Parameter(
      label = "Depth",
      description = "levels of compact-unet and unet",
      min = "1",
      max = "255",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=the architecture's default"),
      persist = false)
  int depth = 0;

  @Parameter(
      label = "Width",
      description = "channels of the first level",
      min = "1",
      max = "1024",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=the architecture's default"),
      persist = false)
  int width = 0;

  @Parameter(
      label = "Blocks",
      description = "blocks of resnet and densenet",
      min = "1",
      max = "255",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=the architecture's default"),
      persist = false)
  int blocks = 0;

  @Parameter(
      label = "Units",
      description = "units of highwaynet",
      min = "1",
      max = "255",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=the architecture's default"),
      persist = false)
  int units = 0;

  @Parameter(
      label = "Layers per block",
      description = "layers per block of densenet",
      min = "1",
      max = "255",
      style = CommandParameters.ADVANCED,
      attrs = @Attr(name = CommandParameters.WORD, value = "0=the architecture's default"),
      persist = false)
  int layers = 0;

  @Parameter(
      label = "Loss",
      description = "one of these, or in a macro several joined by +",
      choices = {
        "logistic+dice",
        "least-square",
        "softmax",
        "multi-label",
        "dice",
        "logistic",
        "hinge"
      },
      style = CommandParameters.ADVANCED + "," + CommandParameters.EXTENSIBLE,
      persist = false)
  String loss = TrainingOptions.DEFAULT.network().loss();
}
