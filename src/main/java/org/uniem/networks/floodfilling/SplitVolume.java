package org.uniem.networks.floodfilling;

import java.util.Locale;
import java.util.Optional;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.LabelledVolume;
import org.uniem.job.BadInputException;
import org.uniem.job.JavaMemory;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;

/**
 * A labelled volume in two parts that share no voxel: the end of its longest axis, counted in
 * fields of view, validates.
 *
 * @param training what is learnt from
 * @param validation what is kept; empty if nothing is
 */
record SplitVolume(LabelledVolume training, Optional<LabelledVolume> validation) {

  /** Intensity and label. */
  private static final int BYTES_PER_VOXEL = 8;

  private static final int LARGEST_SLICE = Integer.MAX_VALUE - 8;

  /** Fields of view that the validation part has along each axis at most, so that it is quick. */
  private static final int LARGEST_FIELDS = 3;

  /** It may have so many voxels along each axis in any case: small fields of view are quick. */
  private static final int LARGE_ENOUGH = 100;

  /** Deltas that the field of view has room for in it, if the volume is large enough. */
  private static final int SOME_MOVES = 4;

  /**
   * Reads and divides a volume.
   *
   * @param images grey
   * @param labels objects in them
   * @param mask what is left out; may be empty
   * @param fraction that validates, 0 for nothing
   * @param options say how large examples are
   * @throws BadInputException if a part would be too small
   * @throws ResourceException if the volume does not fit into memory
   */
  static SplitVolume read(
      Volume images,
      Volume labels,
      Optional<Volume> mask,
      double fraction,
      MaskTrainingOptions options,
      Job job) {
    VolumeSizes.requireSame("images", images, "labels", labels);
    requireMemory(images);
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
    int kept = kept(fraction, options, axis, size[axis]);
    int[] trained = size.clone();
    trained[axis] -= kept;
    Box examples =
        Box.of(Math.max(trained[0], 0), Math.max(trained[1], 0), Math.max(trained[2], 0));
    examples = examples.plus(2, Box.of(options.border()));
    if (trained[axis] < 1 || !options.example().fitsInto(examples)) {
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

  /** Says beforehand what would end in a lack of memory after minutes of reading. */
  private static void requireMemory(Volume images) {
    double slice = (double) images.width() * images.height();
    double mebibytes = BYTES_PER_VOXEL * slice * images.depth() / (1 << 20);
    long available = Runtime.getRuntime().maxMemory() >> 20;
    if (mebibytes > available || slice > LARGEST_SLICE) {
      throw new ResourceException(
          String.format(
              Locale.ROOT,
              "The labelled volume has %d x %d x %d voxels, which take %d bytes each while they are"
                  + " learnt from, %.0f MB together; Java may use %d MB, and a slice may have 2^31"
                  + " voxels. Crop images and labels, or give more memory, %s.",
              images.width(),
              images.height(),
              images.depth(),
              BYTES_PER_VOXEL,
              mebibytes,
              available,
              JavaMemory.howToGive((long) (1.5 * mebibytes))));
    }
  }

  /**
   * Voxels along an axis that validate: the fraction, at least a field of view, and room for some
   * moves of it if the training has room without them: a field that cannot move finds little.
   */
  private static int kept(double fraction, MaskTrainingOptions options, int axis, int size) {
    int field = options.settings().fieldOfView().get(axis);
    int moving = field + SOME_MOVES * options.settings().deltas().get(axis);
    Box example = options.example();
    int needed = new int[] {example.x(), example.y(), example.z()}[axis];
    int asked = Math.max(field, (int) Math.round(fraction * size));
    return Math.max(asked, Math.min(moving, size - needed));
  }
}
