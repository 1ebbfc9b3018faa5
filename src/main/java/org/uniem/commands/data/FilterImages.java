package org.uniem.commands.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.imglib2.FinalDimensions;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.filters.Filter;
import org.uniem.filters.FilterKind;
import org.uniem.filters.FilterPipeline;
import org.uniem.filters.FilterSteps;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.ValueSurvey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;

/** Filters a stack of any size by several filters in one go. */
@Plugin(
    type = Command.class,
    name = "filter",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Images", weight = 0.5, mnemonic = 'i'),
      @Menu(label = "Filter...", weight = 0, mnemonic = 'f')
    },
    headless = true,
    description = "Filters a stack by one or more filters, slice by slice or in 3D")
public class FilterImages extends UniEmCommand {

  /** Part of Java's memory that slices may take. */
  private static final double SHARE_OF_MEMORY = 0.4;

  private static final String SAME = "same";

  @Parameter(
      label = "Images",
      description = "folder of slices, TIFF stack or OME-Zarr, grey",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = "Filters",
      description =
          "one or more, separated by |, for example: clahe block=127 slope=1.5 | gaussian sigma=1;"
              + " Help lists them all",
      required = false,
      persist = false)
  String steps = "";

  @Parameter(
      label = "Saved filters",
      description = "JSON file of filters saved before; empty if they are given above",
      style = "open",
      required = false,
      persist = false)
  File pipeline;

  @Parameter(
      label = "Preview of slice (from 0)",
      description = "filters this slice alone, counted from 0",
      min = "0",
      attrs = @Attr(name = CommandParameters.WORD, value = "-1=all slices"),
      persist = false)
  int preview = -1;

  @Parameter(
      label = "Pixel type",
      description = "of the result: same as the images, 8-bit, 16-bit or float",
      choices = {SAME, "uint8", "uint16", "float"},
      persist = false)
  String type = SAME;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description = "new folder of slices, or a name ending in .tif or .ome.zarr",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Save filters as",
      description = "new JSON file that keeps the filters; empty for none",
      style = "save",
      required = false,
      persist = false)
  File saveAs;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  private boolean isGiven(File file) {
    return CommandParameters.isGiven(file);
  }

  @Override
  public Map<String, Map<String, String>> furtherHelp() {
    Map<String, String> filters = new LinkedHashMap<>();
    for (FilterKind kind : FilterKind.values()) {
      String values =
          kind.parameters().stream()
              .map(value -> value.name() + "=" + text(value.standard()))
              .collect(Collectors.joining(" "));
      filters.put(kind.label(), kind.description() + (values.isEmpty() ? "" : " (" + values + ")"));
    }
    return Map.of(
        "Filters: lengths in pixels, those of Z in slices, brightness in grey values", filters);
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  @Override
  protected void checkParameters() {
    if (steps.isBlank() == !isGiven(pipeline)) {
      throw new BadParameterException(
          "Give either steps, for example steps=\"gaussian sigma=1 | invert\", or pipeline, a saved"
              + " JSON file.");
    }
    if (!steps.isBlank()) {
      FilterSteps.parse(steps);
    }
  }

  @Override
  protected String outputEnding() {
    return "-filtered.tif";
  }

  @Override
  protected List<ResultView> views() {
    return List.of(new ResultView(ResultView.Kind.GREY, output.toPath()));
  }

  @Override
  protected Path execute(Job job) {
    FilterSteps chosen = chosen();
    try (Volume volume = openGrey("images", images)) {
      if (preview >= volume.depth()) {
        throw new BadParameterException(
            "preview=" + preview + " is beyond the last slice, " + (volume.depth() - 1) + ".");
      }
      write(volume, chosen, job);
    }
    if (isGiven(saveAs)) {
      WholeFile.writeText(saveAs.toPath(), chosen.toJson());
    }
    job.message("Filtered by " + chosen + ".");
    return output.toPath();
  }

  private FilterSteps chosen() {
    if (!steps.isBlank()) {
      return FilterSteps.parse(steps);
    }
    try {
      return FilterSteps.ofJson(Files.readString(pipeline.toPath()), pipeline.toString());
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + pipeline + ": " + e.getMessage() + ".", e);
    }
  }

  private void write(Volume volume, FilterSteps chosen, Job job) {
    List<Filter> filters = chosen.filters(volume.pixelType().fullScale());
    FinalDimensions size = VolumeSizes.of(volume);
    long memory = (long) (SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory());
    SliceReader reader = SliceReader.of(volume, 0);
    PixelType stored = pixelType(volume.pixelType());
    double scale =
        chosen.measureLengths() ? 1 : stored.fullScale() / volume.pixelType().fullScale();
    VolumeSpec spec =
        new VolumeSpec(
            volume.width(),
            volume.height(),
            preview < 0 ? volume.depth() : 1,
            1,
            stored,
            volume.voxelSize());
    ConstantWatch watch = new ConstantWatch();
    try (VolumeWriter writer = Volumes.create(output.toPath(), spec)) {
      FilterPipeline.Sink sink =
          (z, slice) -> {
            watch.look(slice);
            writer.writeSlice(fitting(slice, stored, scale));
          };
      if (preview < 0) {
        FilterPipeline.run(filters, reader, size, memory, sink, job);
      } else {
        sink.accept(0, FilterPipeline.preview(filters, reader, size, memory, preview, job));
      }
      if (watch.isConstant() && chosen.binarise()) {
        job.message(constant(volume));
      }
      writer.commit();
    }
  }

  private static String constant(Volume volume) {
    return "The threshold of binarise divides nothing, so that the result has one value everywhere: "
        + volume.name()
        + " holds "
        + ValueSurvey.of(volume, 0).describe()
        + ". Give a threshold between those, in grey values.";
  }

  /** Sees whether all values of slices are the same. */
  private static final class ConstantWatch {
    private float smallest = Float.POSITIVE_INFINITY;
    private float largest = Float.NEGATIVE_INFINITY;

    void look(float[] slice) {
      for (float value : slice) {
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
      }
    }

    boolean isConstant() {
      return smallest == largest;
    }
  }

  private PixelType pixelType(PixelType same) {
    return switch (type) {
      case "uint8" -> PixelType.UINT8;
      case "uint16" -> PixelType.UINT16;
      case "float" -> PixelType.FLOAT32;
      default -> same;
    };
  }

  /** What filters make of integers may lie beyond the range of their type, where it is cut off. */
  private static float[] fitting(float[] slice, PixelType type, double scale) {
    float[] fitting = new float[slice.length];
    boolean isWhole = type != PixelType.FLOAT32;
    for (int i = 0; i < slice.length; i++) {
      double value = slice[i] * scale;
      fitting[i] = (float) (isWhole ? Math.max(0, Math.min(type.fullScale(), value)) : value);
    }
    return fitting;
  }
}
