package org.uniem.volumes.planes;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.VoxelSize;

/** The images of a stack, read one by one from files. Thread-safe. */
public interface PlaneSource extends Closeable {

  /** Size and type of every image. */
  PlaneShape shape();

  /** Bytes that a decoded image takes at most, as floats too where it is not stored as such. */
  default long bytesPerPlane() {
    return shape().bytes();
  }

  /** Number of slices. */
  int depth();

  /** Images per slice: each of its channels is a channel of the volume. */
  int planesPerSlice();

  VoxelSize voxelSize();

  /** What the values of painted labels mean, empty where the files say nothing. */
  default Optional<LabelKey> labelKey() {
    return Optional.empty();
  }

  /** What the user should know of how the files were read, in sentences. */
  default List<String> notes() {
    return List.of();
  }

  String sliceName(long z);

  /**
   * Decodes one image.
   *
   * @param z slice
   * @param index image within the slice, 0 … planesPerSlice−1
   * @throws org.uniem.job.BadInputException if it cannot be read; says which file and slice
   */
  Plane read(int z, int index);
}
