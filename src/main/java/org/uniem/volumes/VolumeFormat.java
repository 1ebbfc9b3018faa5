package org.uniem.volumes;

import java.nio.file.Path;
import java.util.List;

/**
 * A family of files that volumes are read from and written to.
 *
 * <p>{@link Volumes} finds the formats as services of this type, so a new one needs no change
 * elsewhere; the first that reads or writes a path is taken. Implementations are stateless and
 * thread-safe.
 */
public interface VolumeFormat {

  /** The files of this format, for people: {@code "TIFF stacks"}. */
  String description();

  /**
   * The file or folder on the disk that a path leads to: another one where paths of this format go
   * on inside a file. Nothing needs to be there.
   *
   * @param path of any format
   */
  default Path place(Path path) {
    return path;
  }

  /**
   * Whether an existing path looks like a volume of this format.
   *
   * @param path whose {@link #place} is an existing file or folder
   */
  boolean reads(Path path);

  /**
   * Opens a volume.
   *
   * @param path a path that {@link #reads} accepts
   * @throws org.uniem.job.BadInputException if it is damaged, inconsistent or not supported
   */
  Volume open(Path path);

  /**
   * Whether an output of this name would be of this format.
   *
   * @param output file or folder to be made
   */
  boolean writes(Path output);

  /**
   * Checks that the name of an output does not promise what this format does not write, before any
   * work is done for it. By default every name is right.
   *
   * @param output a path that {@link #writes} accepts
   * @throws org.uniem.job.OutputException if its ending is of another kind of file
   */
  default void requireName(Path output) {}

  /** The types that this format writes label ids in, the preferred first. */
  List<PixelType> labelTypes();

  /**
   * Begins to write a volume.
   *
   * @param output a path that {@link #writes} accepts
   * @param spec what is written
   * @param channelNames one name per channel, used where the format can
   * @throws org.uniem.job.OutputException if the place is taken or not writable
   */
  VolumeWriter create(Path output, VolumeSpec spec, List<String> channelNames);
}
