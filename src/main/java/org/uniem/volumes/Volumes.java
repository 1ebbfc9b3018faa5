package org.uniem.volumes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.OutputException;

/**
 * Opens and creates volumes of every known format. Thread-safe.
 *
 * <pre>{@code
 * try (Volume images = Volumes.open(Path.of("images"));
 *     VolumeWriter writer = Volumes.create(Path.of("copy.tif"), Volumes.specOf(images))) {
 *   float[] slice = new float[(int) (images.width() * images.height())];
 *   for (long z = 0; z < images.depth(); z++) {
 *     images.readSlice(z, 0, slice);
 *     writer.writeSlice(slice);
 *   }
 *   writer.commit();
 * }
 * }</pre>
 */
public final class Volumes {

  private Volumes() {}

  /**
   * Opens images or labels of any known format.
   *
   * @param path folder of PNG, TIFF or JPEG slices (in natural order), TIFF stack, single image,
   *     OME-Zarr or one array of it, HDF5 file with the path of a dataset in it or without
   * @return the volume; close it after use
   * @throws BadInputException if nothing is there or it cannot be read
   */
  public static Volume open(Path path) {
    requireExisting(path);
    for (VolumeFormat format : formats()) {
      if (format.reads(path)) {
        return format.open(path);
      }
    }
    throw new BadInputException(
        path
            + " is of an unknown format: "
            + "expected one of: "
            + knownFormats()
            + ". Open it in Fiji and save it as TIFF.");
  }

  /**
   * Whether {@link #open} knows the format of a path; the content may still turn out to be damaged.
   *
   * @param path file or folder
   * @throws BadInputException if nothing is there
   */
  public static boolean canOpen(Path path) {
    requireExisting(path);
    return formats().stream().anyMatch(format -> format.reads(path));
  }

  /**
   * Begins to write a volume; several channels are named c0, c1, ….
   *
   * @param output a name ending in .tif or .tiff makes a TIFF stack, in .zarr an OME-Zarr, in .h5
   *     or .hdf5 an HDF5 file, with the path of a dataset in it behind it or without; any other a
   *     folder of slices
   * @param spec what is written
   * @return the writer; nothing is under the name {@code output} before it commits
   * @throws OutputException if something is there already, or the place is not writable
   */
  public static VolumeWriter create(Path output, VolumeSpec spec) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < spec.channels(); c++) {
      names.add("c" + c);
    }
    return create(output, spec, names);
  }

  /**
   * Begins to write a volume with named channels.
   *
   * @param output as in {@link #create(Path, VolumeSpec)}
   * @param spec what is written
   * @param channelNames one per channel, all different; the names of the sub-folders of a folder of
   *     slices with several channels
   * @throws OutputException if something is there already, or the place is not writable
   */
  public static VolumeWriter create(Path output, VolumeSpec spec, List<String> channelNames) {
    requireWritable(spec);
    if (channelNames.size() != spec.channels()
        || new HashSet<>(channelNames).size() != spec.channels()) {
      throw new BadParameterException(
          "Channel names " + channelNames + ": expected " + spec.channels() + " different names.");
    }
    return formatOf(output).create(output, spec, channelNames);
  }

  /**
   * The type that label ids are written in: the first of the output's format that holds them, empty
   * where it has none.
   *
   * @param output as in {@link #create(Path, VolumeSpec)}
   * @param largest the largest id, 0 or more
   */
  public static Optional<PixelType> labelType(Path output, long largest) {
    return labelTypes(output).stream().filter(type -> largest <= type.largestLabel()).findFirst();
  }

  /**
   * The types that label ids are written in, the preferred first.
   *
   * @param output as in {@link #create(Path, VolumeSpec)}
   */
  public static List<PixelType> labelTypes(Path output) {
    return formatOf(output).labelTypes();
  }

  /**
   * Checks the ending of an output's name before the work for it begins.
   *
   * @param output a volume as in {@link #create(Path, VolumeSpec)}, or a folder of other results
   * @throws OutputException if it is that of a file which is not written
   */
  public static void requireName(Path output) {
    formatOf(output).requireName(output);
  }

  private static VolumeFormat formatOf(Path output) {
    return formats().stream()
        .filter(format -> format.writes(output))
        .findFirst()
        .orElseThrow(
            () ->
                new OutputException(
                    "Cannot write "
                        + output
                        + ": the format is unknown. Give a name ending in .tif for a TIFF stack, in"
                        + " .ome.zarr for an OME-Zarr, or the name of a folder."));
  }

  /**
   * Wraps an image in memory, or one loaded by someone else, as a grey volume.
   *
   * @param xyz pixels with axes x, y, z (or x, y), any minimum; referenced, not copied
   * @param voxelSize its voxel size
   * @param name a short name for people
   */
  public static Volume of(
      RandomAccessibleInterval<? extends RealType<?>> xyz, VoxelSize voxelSize, String name) {
    return new IntervalVolume(List.of(xyz), voxelSize, name);
  }

  /**
   * Wraps images in memory as a volume of several channels.
   *
   * @param channels one image per channel, all of one size and type, as in {@link
   *     #of(RandomAccessibleInterval, VoxelSize, String)}
   * @param voxelSize their voxel size
   * @param name a short name for people
   * @throws BadInputException if sizes or types differ
   */
  public static Volume of(
      List<? extends RandomAccessibleInterval<? extends RealType<?>>> channels,
      VoxelSize voxelSize,
      String name) {
    return new IntervalVolume(channels, voxelSize, name);
  }

  /**
   * The same volume with another voxel size.
   *
   * @param volume closed with the returned one
   * @param voxelSize takes the place of that of the file
   */
  public static Volume withVoxelSize(Volume volume, VoxelSize voxelSize) {
    return new RecalibratedVolume(volume, voxelSize);
  }

  /**
   * The specification of a volume as it is, for writing a copy.
   *
   * @param volume the original
   */
  public static VolumeSpec specOf(Volume volume) {
    return new VolumeSpec(
        volume.width(),
        volume.height(),
        volume.depth(),
        volume.channels(),
        volume.pixelType(),
        volume.voxelSize(),
        volume.labelKey());
  }

  private static List<VolumeFormat> formats() {
    // The loader of this class, not the thread's: inside Fiji the two differ.
    List<VolumeFormat> formats = new ArrayList<>();
    ServiceLoader.load(VolumeFormat.class, Volumes.class.getClassLoader()).forEach(formats::add);
    return formats;
  }

  private static String knownFormats() {
    return String.join(", ", formats().stream().map(VolumeFormat::description).toList());
  }

  /**
   * The file or folder on the disk that a path leads to: the path itself, or the file that it goes
   * on inside of, as {@code file.h5:/volumes/raw} does.
   *
   * @param path of an input or output; nothing needs to be there
   */
  public static Path place(Path path) {
    if (Files.exists(path)) {
      return path;
    }
    return formats().stream()
        .map(format -> format.place(path))
        .filter(place -> !place.equals(path))
        .findFirst()
        .orElse(path);
  }

  private static void requireExisting(Path path) {
    try {
      place(path).toRealPath();
    } catch (IOException e) {
      throw new BadInputException(
          "No such file or folder: " + place(path).toAbsolutePath() + ". Check the path.", e);
    }
  }

  private static void requireWritable(VolumeSpec spec) {
    if (spec.width() < 1 || spec.height() < 1 || spec.depth() < 1 || spec.channels() < 1) {
      throw new BadParameterException(
          "Cannot write a volume of "
              + spec.width()
              + " x "
              + spec.height()
              + " x "
              + spec.depth()
              + " pixels and "
              + spec.channels()
              + " channels: each must be 1 or more.");
    }
    // Divided, since the product could overflow.
    if (spec.width() > Integer.MAX_VALUE / 8 / spec.height()) {
      throw new BadParameterException(
          "Slices of " + spec.width() + " x " + spec.height() + " pixels are too large to write.");
    }
  }
}
