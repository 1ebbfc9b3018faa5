package org.uniem.commands.parameters;

import ij.ImagePlus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOPlugin;
import org.scijava.io.IOService;
import org.scijava.io.location.FileLocation;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.viewers.images.OpenImages;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.ValueSurvey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Opens what a path parameter names: a file or folder of our formats, the title of an image that is
 * open in ImageJ, or a file that a plugin of the application reads. Thread-safe.
 */
public final class InputVolumes {

  private final IOService files;
  private final ConvertService converters;

  /**
   * @param files the application's readers; null where it has none
   * @param converters make ImageJ images of what those read; null where there are none
   */
  public InputVolumes(IOService files, ConvertService converters) {
    this.files = files;
    this.converters = converters;
  }

  /**
   * Opens a volume.
   *
   * @param input a path, or the title of an open image
   * @return close it after use
   * @throws BadInputException if nothing of this name is there, or nobody reads it
   */
  public Volume open(File input) {
    Optional<ImagePlus> image = OpenImages.named(input);
    if (image.isPresent()) {
      return OpenImages.open(image.get());
    }
    return Volumes.canOpen(path(input)) ? Volumes.open(path(input)) : openForeign(input);
  }

  /**
   * Opens a volume of one channel.
   *
   * @param parameter name of the parameter, for messages
   * @param input as in {@link #open}
   * @throws BadInputException if it has more channels
   */
  public Volume openGrey(String parameter, File input) {
    Volume volume = open(input);
    if (volume.channels() != 1) {
      int channels = volume.channels();
      volume.close();
      throw new BadInputException(
          parameter
              + "="
              + input
              + " has "
              + channels
              + " channels: expected grey images. Convert colour to grey, or give one map alone.");
    }
    return volume;
  }

  /**
   * Opens a volume of ids.
   *
   * @param parameter name of the parameter, for messages
   * @param input as in {@link #open}
   * @throws BadInputException if it has more channels, or looks like an image or a probability map
   */
  public Volume openLabels(String parameter, File input) {
    Volume volume = openGrey(parameter, input);
    try {
      requireLabels(parameter, input, ValueSurvey.ofLabels(volume, 0));
      return volume;
    } catch (RuntimeException e) {
      volume.close();
      throw e;
    }
  }

  private static void requireLabels(String parameter, File input, ValueSurvey survey) {
    if (survey.isGradual()) {
      throw new BadInputException(
          parameter
              + "="
              + input
              + " holds "
              + survey.describe()
              + ": expected labels, an id for each object. Label the objects of a probability map"
              + " with label-objects first; predict makes such a map of images.");
    }
  }

  /**
   * Checks that a probability map does not hold labels, where its file tells.
   *
   * @param parameter name of the parameter, for messages
   * @throws BadInputException if it does: the file says so, or its pixels have 32 or 64 bits
   */
  public static void requireMap(String parameter, Volume volume) {
    PixelType type = volume.pixelType();
    if (volume.holdsLabels() || type == PixelType.UINT32 || type == PixelType.UINT64) {
      throw new BadInputException(
          parameter
              + "="
              + volume.name()
              + " holds labels: expected a probability map, 8-bit (255 = 1), 16-bit (65535 = 1) or"
              + " float. Give the map that the labels were made of.");
    }
  }

  /**
   * The file or folder of an input.
   *
   * @return empty for an open image that is no unchanged file
   */
  public static Optional<Path> file(File input) {
    Optional<ImagePlus> image = OpenImages.named(input);
    return image.isPresent() ? OpenImages.source(image.get()) : Optional.of(path(input));
  }

  /** The open images that a command reads from memory, as they are no unchanged files. */
  public static List<ImagePlus> imagesOf(Object command) {
    List<ImagePlus> images = new ArrayList<>();
    for (CommandParameters.Input input : CommandParameters.of(command.getClass())) {
      if (input.isVolume() && input.value(command) instanceof File name) {
        OpenImages.named(name)
            .filter(image -> OpenImages.source(image).isEmpty())
            .ifPresent(images::add);
      }
    }
    return images;
  }

  /**
   * The input that a text names: an open image of this title, or a path as on the command line.
   *
   * @throws BadParameterException if it is neither a title nor can be a path
   */
  public static File input(String text) {
    File title = new File(text);
    return OpenImages.named(title).isPresent() ? title : Paths.resolve(text).toFile();
  }

  /**
   * Checks that images or labels are there.
   *
   * @throws BadInputException if there is neither a file or folder nor an open image of this title
   */
  public static void requireExists(String parameter, File value) {
    if (OpenImages.named(value).isEmpty()) {
      Paths.requireExists(
          parameter, path(value), value.isAbsolute() ? "" : ", and no open image has this title");
    }
  }

  /** Whether another process, without windows and plugins, can open an input by its name. */
  public static boolean isPlainFile(File input) {
    return OpenImages.named(input).isEmpty() && Volumes.canOpen(path(input));
  }

  /** The file of a macro may be a text that Windows takes for no path. */
  private static Path path(File input) {
    return Paths.resolve(input.getPath());
  }

  private Volume openForeign(File input) {
    FileLocation location = new FileLocation(input);
    IOPlugin<?> opener = files == null ? null : files.getOpener(location);
    if (opener == null) {
      // Says which formats are read.
      return Volumes.open(path(input));
    }
    try {
      return asVolume(opener.open(location), path(input));
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read " + input + ": " + e.getMessage() + ". Check whether Fiji opens it.", e);
    }
  }

  private Volume asVolume(Object data, Path path) {
    if (converters != null && data != null && converters.supports(data, ImagePlus.class)) {
      ImagePlus image = converters.convert(data, ImagePlus.class);
      if (image != null) {
        return OpenImages.open(image);
      }
    }
    String name = path.getFileName().toString();
    if (data instanceof RandomAccessibleInterval<?> pixels
        && pixels.getType() instanceof RealType<?>) {
      @SuppressWarnings("unchecked") // checked in the line above
      var real = (RandomAccessibleInterval<? extends RealType<?>>) pixels;
      return Volumes.of(real, VoxelSize.UNKNOWN, name);
    }
    throw new BadInputException(
        path
            + " holds no image: expected a stack of images, found "
            + (data == null ? "nothing" : data.getClass().getSimpleName())
            + ". Open it in Fiji and save it as TIFF.");
  }
}
