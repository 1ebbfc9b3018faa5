package org.uniem.commands.data;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import net.imglib2.FinalInterval;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.Button;
import org.uniem.commands.dialogs.FormerLabels;
import org.uniem.commands.execution.ResultView;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.Axes;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeCopy;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.omezarr.OmeZarrFormat;
import org.uniem.volumes.omezarr.OmeZarrOptions;
import org.uniem.volumes.omezarr.OmeZarrOptions.Compression;
import org.uniem.volumes.omezarr.OmeZarrOptions.Version;

/** Copies images or labels of any readable format to any that is written. */
@Plugin(
    type = Command.class,
    name = "convert",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Images", weight = 0.5, mnemonic = 'i'),
      @Menu(label = "Convert Volume...", weight = 9, mnemonic = 'c')
    },
    headless = true,
    attrs = @Attr(name = FormerLabels.ATTRIBUTE, value = "Convert..."),
    description = "Converts stacks and OME-Zarr into each other, of any size")
public class Convert extends UniEmCommand {

  private static final String SAME = "same";
  private static final String AUTO = "auto";
  private static final String YES = "yes";

  @Parameter(
      label = "Images or labels",
      description = "folder of slices, TIFF stack or OME-Zarr",
      style = CommandParameters.VOLUME)
  File images;

  @Parameter(
      label = ParameterTexts.OUTPUT,
      description =
          "a name ending in .ome.zarr for an OME-Zarr, in .tif for a TIFF stack, any other for a"
              + " new folder of slices",
      style = "save",
      persist = false)
  File output;

  @Parameter(
      label = "Pixel type",
      description = "values are kept as they are and must fit",
      choices = {SAME, "uint8", "uint16", "uint32", "uint64", "float32"},
      persist = false)
  String type = SAME;

  @Parameter(
      label = "Labels",
      description =
          "whether the values are labels, whose ids are kept exactly; auto: where the file says so"
              + " or has 32 or 64 bits",
      choices = {AUTO, YES, "no"},
      persist = false)
  String labels = AUTO;

  @Parameter(
      label = "Part",
      description = "x,y,z,width,height,depth in voxels from 0; empty for all",
      required = false,
      persist = false)
  String part = "";

  @Parameter(
      label = ParameterTexts.VOXEL_SIZE,
      description = ParameterTexts.VOXEL_SIZE_IS,
      required = false,
      persist = false)
  String voxelSize = "";

  @Parameter(
      label = "<html><b>OME-Zarr</b></html>",
      visibility = ItemVisibility.MESSAGE,
      required = false,
      persist = false)
  private final String zarrHeading = "";

  @Parameter(
      label = "Version",
      description = "0.4 (Zarr v2) is read by every program, 0.5 (Zarr v3) by new ones",
      choices = {"0.4", "0.5"},
      persist = false)
  String version = "0.4";

  @Parameter(
      label = "Chunk size",
      description = "x,y,z in voxels, or one number for all axes",
      persist = false)
  String chunks = "128,128,32";

  @Parameter(
      label = "Compression",
      description = "zstd is small and fast, blosc the fastest, gzip read everywhere, raw none",
      choices = {"zstd", "blosc", "gzip", "raw"},
      persist = false)
  String compression = "zstd";

  @Parameter(
      label = "Resolutions",
      description = "each half as fine as the one before",
      min = "1",
      max = "32",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=down to 256 voxels"),
      persist = false)
  int levels = 0;

  @Parameter(label = ParameterTexts.RESTORE_BUTTON, callback = "restoreDefaults", required = false)
  private Button restore;

  @Parameter(label = ParameterTexts.HELP_BUTTON, callback = "showHelp", required = false)
  private Button help;

  private boolean hasIds;

  @Override
  protected void checkParameters() {
    options(false);
    if (!part.isBlank()) {
      interval();
    }
  }

  @Override
  protected String outputEnding() {
    return "-converted.ome.zarr";
  }

  @Override
  protected List<ResultView> views() {
    ResultView.Kind kind = hasIds ? ResultView.Kind.LABELS : ResultView.Kind.GREY;
    return List.of(new ResultView(kind, output.toPath()));
  }

  @Override
  protected Path execute(Job job) {
    try (Volume whole = calibrated(open(images), voxelSize)) {
      Volume volume = part.isBlank() ? whole : VolumeCopy.crop(whole, interval());
      boolean ids = labels.equals(AUTO) ? holdsIds(whole) : labels.equals(YES);
      hasIds = ids;
      PixelType pixels = pixelType(whole, ids);
      VolumeSpec spec =
          new VolumeSpec(
              volume.width(),
              volume.height(),
              volume.depth(),
              volume.channels(),
              pixels,
              volume.voxelSize(),
              whole.labelKey());
      // Wide integers are exact as long as floats are not what is asked for.
      boolean exact =
          ids || isWide(whole.pixelType()) && (type.equals(SAME) || pixels != PixelType.FLOAT32);
      try (VolumeWriter writer = create(spec, ids, job)) {
        VolumeCopy.copy(volume, writer, exact, job);
      }
    }
    return output.toPath();
  }

  private static boolean holdsIds(Volume volume) {
    return volume.holdsLabels() || isWide(volume.pixelType());
  }

  private static boolean isWide(PixelType type) {
    return type == PixelType.UINT32 || type == PixelType.UINT64;
  }

  private boolean isZarr() {
    return new OmeZarrFormat().writes(output.toPath());
  }

  /** As asked for, or as the source has it; where the output cannot, the nearest that it can. */
  private PixelType pixelType(Volume source, boolean ids) {
    if (!type.equals(SAME)) {
      return PixelType.valueOf(type.toUpperCase(Locale.ROOT));
    }
    PixelType own = source.pixelType();
    if (Volumes.labelTypes(output.toPath()).contains(PixelType.UINT64)) {
      return ids && own == PixelType.FLOAT32 ? PixelType.UINT32 : own;
    }
    return isWide(own) ? PixelType.FLOAT32 : own;
  }

  private VolumeWriter create(VolumeSpec spec, boolean ids, Job job) {
    if (!isZarr()) {
      return Volumes.create(output.toPath(), spec);
    }
    List<String> names = IntStream.range(0, spec.channels()).mapToObj(c -> "c" + c).toList();
    return OmeZarrFormat.create(output.toPath(), spec, names, options(ids), Optional.of(job));
  }

  private OmeZarrOptions options(boolean ids) {
    List<Integer> chunk = Axes.parse("chunks", chunks);
    return new OmeZarrOptions(
        version.equals("0.5") ? Version.V0_5 : Version.V0_4,
        Compression.valueOf(compression.toUpperCase(Locale.ROOT)),
        chunk.get(0),
        chunk.get(1),
        chunk.get(2),
        levels,
        Optional.of(ids));
  }

  private FinalInterval interval() {
    String[] numbers = part.trim().split("\\s*,\\s*", -1);
    try {
      long[] min = new long[3];
      long[] max = new long[3];
      for (int d = 0; d < 3 && numbers.length == 6; d++) {
        min[d] = Long.parseLong(numbers[d]);
        max[d] = Math.addExact(min[d], Long.parseLong(numbers[d + 3])) - 1;
      }
      if (numbers.length == 6) {
        return new FinalInterval(min, max);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private BadParameterException malformed(Exception cause) {
    return new BadParameterException(
        "part="
            + part
            + " is not understood: give six whole numbers x,y,z,width,height,depth, for example"
            + " 0,0,10,512,512,100.",
        cause);
  }
}
