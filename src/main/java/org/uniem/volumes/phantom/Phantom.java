package org.uniem.volumes.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;

/**
 * Makes tissue as an electron microscope shows it, with ground truth, from a seed.
 *
 * <p>Neurite-like cells run along z between thin dark membranes; they hold mitochondria with double
 * membrane and cristae, and as distractors vesicles near synapses, dense and multivesicular bodies
 * and endoplasmic reticulum. The image has blur, shot and detector noise and uneven contrast. The
 * texture is a drawing, not a simulation of stain and electrons: good for demonstrations and tests,
 * no replacement for real data.
 *
 * <p>Everything depends on place and seed alone, and only on exactly rounded arithmetic: one seed
 * gives the same bytes on every machine, with any number of threads, for a slice alone as for the
 * whole. A slice needs about 40 bytes per pixel while it is made; besides, memory grows with the
 * number of organelles only. Immutable and thread-safe.
 */
public final class Phantom {

  private final PhantomOptions options;
  private final Cells cells;
  private final Organelles organelles;

  private Phantom(PhantomOptions options, Cells cells, Organelles organelles) {
    this.options = options;
    this.cells = cells;
    this.organelles = organelles;
  }

  /**
   * Decides where all cells and organelles are; nothing is painted yet.
   *
   * @param options size, voxel size, seed
   * @param job for threads and cancelling
   */
  public static Phantom plan(PhantomOptions options, Job job) {
    Cells cells = new Cells(options.seed());
    return new Phantom(options, cells, Organelles.plan(options, cells, job));
  }

  /** What the phantom was made from. */
  public PhantomOptions options() {
    return options;
  }

  /** The number of mitochondria; their ids are 1 to this, each one connected by faces. */
  public int mitochondria() {
    return organelles.mitochondria();
  }

  /**
   * Paints one slice.
   *
   * @param z 0 … depth−1
   * @param job for cancelling
   */
  public PhantomSlice slice(long z, Job job) {
    if (z < 0 || z >= options.depth()) {
      throw new IndexOutOfBoundsException(
          "Slice " + z + " of a phantom with " + options.depth() + " slices.");
    }
    return new SlicePainter(options, cells, organelles, z).paint(job);
  }

  /** What a volume that receives the images must look like. */
  public VolumeSpec imageSpec() {
    return spec(PixelType.UINT8);
  }

  /** What a volume that receives the ids of mitochondria must look like. */
  public VolumeSpec labelSpec() {
    return labelSpec(mitochondria(), "mitochondria");
  }

  /** What a volume that receives the ids of cells must look like. */
  public VolumeSpec cellSpec() {
    return labelSpec(Cells.largestId(options), "cells");
  }

  private VolumeSpec labelSpec(long largest, String objects) {
    return PixelType.holding(largest)
        .map(this::spec)
        .orElseThrow(
            () ->
                new BadParameterException(
                    "A phantom of this size has ids up to "
                        + largest
                        + " for its "
                        + objects
                        + ", more than a label image can hold: make it smaller."));
  }

  private VolumeSpec spec(PixelType type) {
    return new VolumeSpec(
        options.width(), options.height(), options.depth(), 1, type, options.voxelSize());
  }

  /**
   * Paints all slices in parallel and writes them in order; the caller commits.
   *
   * @param images receives the images, of {@link #imageSpec()}
   * @param mitochondria receives the ids of the mitochondria, of {@link #labelSpec()}
   * @param cells receives the ids of the cells, 0 on membranes, of {@link #cellSpec()}
   * @param job for threads, progress and cancelling
   */
  public void write(VolumeWriter images, VolumeWriter mitochondria, VolumeWriter cells, Job job) {
    Job.Stage stage = job.stage("Making a phantom", options.depth(), "slices");
    for (long first = 0; first < options.depth(); first += job.threads()) {
      List<Callable<PhantomSlice>> tasks = new ArrayList<>();
      for (long z = first; z < Math.min(first + job.threads(), options.depth()); z++) {
        long slice = z;
        tasks.add(() -> slice(slice, job));
      }
      for (PhantomSlice slice : job.runAll(tasks)) {
        images.writeSlice(slice.image());
        mitochondria.writeSlice(floats(slice.mitochondria()));
        cells.writeSlice(floats(slice.cells()));
        stage.advance(1);
      }
    }
  }

  static float[] floats(int[] ids) {
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = ids[i];
    }
    return values;
  }
}
