package org.uniem.networks.floodfilling;

import java.util.Optional;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.LabelledVolume;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/**
 * A labelled volume in two parts that share no voxel: the end of its longest axis, counted in
 * fields of view, validates.
 *
 * @param training what is learnt from
 * @param validation what is kept; empty if nothing is
 */
record SplitVolume(LabelledVolume training, Optional<LabelledVolume> validation) {

  /** Fields of view that the validation part has along each axis at most, so that it is quick. */
  private static final int LARGEST_FIELDS = 3;

  /** It may have so many voxels along each axis in any case: small fields of view are quick. */
  private static final int LARGE_ENOUGH = 100;

  /**
   * Reads and divides a volume.
   *
   * @param images grey
   * @param labels objects in them
   * @param mask what is left out; may be empty
   * @param fraction that validates, 0 for nothing
   * @param options say how large examples are
   * @throws BadInputException if a part would be too small
   */
  static SplitVolume read(
      Volume images,
      Volume labels,
      Optional<Volume> mask,
      double fraction,
      MaskTrainingOptions options,
      Job job) {
    LabelledVolume.requireSameSize(images, labels);
    int[] size = {(int) images.width(), (int) images.height(), (int) images.depth()};
    Box field = options.field();
    int[] fields = {field.x(), field.y(), field.z()};
    Box origin = new Box(0, 0, 0);
    if (fraction == 0) {
      Box all = Box.of(size);
      return new SplitVolume(
          LabelledVolume.read(images, labels, mask, origin, all, job), Optional.empty());
    }
    int axis = 0;
    for (int i = 1; i < 3; i++) {
      if (size[i] / (double) fields[i] > size[axis] / (double) fields[axis]) {
        axis = i;
      }
    }
    int kept = Math.max(fields[axis], (int) Math.round(fraction * size[axis]));
    int[] trained = size.clone();
    trained[axis] -= kept;
    if (trained[axis] < 0 || !options.example().fitsInto(Box.of(trained))) {
      throw new BadInputException(
          "The labelled volume has "
              + Box.of(size)
              + " voxels along x,y,z. Without "
              + kept
              + " along "
              + "xyz".charAt(axis)
              + " for validation there is no room for training examples of "
              + options.example()
              + " voxels: give more labels, a smaller field of view, fewer moves, or"
              + " validationFraction=0.");
    }
    int[] from = new int[3];
    int[] held = size.clone();
    from[axis] = trained[axis];
    held[axis] = kept;
    for (int i = 0; i < 3; i++) {
      int most = Math.max(LARGE_ENOUGH, LARGEST_FIELDS * fields[i]);
      if (held[i] > most) {
        from[i] += (held[i] - most) / 2;
        held[i] = most;
      }
    }
    return new SplitVolume(
        LabelledVolume.read(images, labels, mask, origin, Box.of(trained), job),
        Optional.of(LabelledVolume.read(images, labels, mask, Box.of(from), Box.of(held), job)));
  }
}
