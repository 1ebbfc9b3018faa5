package org.uniem.floodfilling.agglomeration;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.Volume;

/**
 * A labelled stack, the sizes of its objects and a checksum of all its labels.
 *
 * <p>Takes 8 bytes for each id up to the largest, in each thread while it is read. Immutable and
 * thread-safe as long as the stack is open.
 */
public final class Segmentation {

  private static final int CHUNK = 1 << 13;

  /** Voxels are counted in an array, and ids are read as floats where objects are grown. */
  private static final long LARGEST = 1 << 24;

  private final Volume volume;
  private final long[] voxels;
  private final String checksum;

  private Segmentation(Volume volume, long[] voxels, String checksum) {
    this.volume = volume;
    this.voxels = voxels;
    this.checksum = checksum;
  }

  /**
   * Counts the voxels of all objects.
   *
   * @param volume grey, ids 0 … 2²⁴, 0 is no object; stays open as long as this is used
   * @throws org.uniem.job.BadInputException if a value is none; says where
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static Segmentation read(Volume volume, Job job) {
    LabelSlices slices = slices(volume);
    Job.Stage progress = job.stage("Reading objects", volume.depth(), "slices");
    long[] sums = new long[Math.toIntExact(volume.depth())];
    AtomicLong next = new AtomicLong();
    List<Callable<long[]>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(job.threads(), sums.length); i++) {
      workers.add(() -> count(volume, slices, next, sums, progress));
    }
    long[] all = new long[1];
    for (long[] part : job.runAll(workers)) {
      if (part.length > all.length) {
        all = Arrays.copyOf(all, part.length);
      }
      for (int id = 0; id < part.length; id++) {
        all[id] += part[id];
      }
    }
    CRC32C sum = new CRC32C();
    update(sum, new long[] {volume.width(), volume.height(), volume.depth()});
    update(sum, sums);
    // A word before the digits keeps spreadsheets from taking them for a number.
    String checksum = String.format(Locale.ROOT, "crc32c:%08x", sum.getValue());
    return new Segmentation(volume, all, checksum);
  }

  private static long[] count(
      Volume volume, LabelSlices slices, AtomicLong next, long[] sums, Job.Stage progress) {
    long[] counts = new long[1];
    long[] slice = new long[Math.toIntExact(volume.width() * volume.height())];
    for (long z = next.getAndIncrement(); z < sums.length; z = next.getAndIncrement()) {
      slices.read(z, slice);
      for (long label : slice) {
        int id = (int) label;
        if (id >= counts.length) {
          counts = Arrays.copyOf(counts, Math.max(id + 1, 2 * counts.length));
        }
        counts[id]++;
      }
      CRC32C sum = new CRC32C();
      update(sum, slice);
      sums[(int) z] = sum.getValue();
      progress.advance(1);
    }
    return counts;
  }

  private static void update(CRC32C sum, long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * CHUNK);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      bytes.clear().asLongBuffer().put(values, from, count);
      sum.update(bytes.limit(8 * count));
    }
  }

  private static LabelSlices slices(Volume volume) {
    return LabelSlices.upTo(LARGEST, volume, 0);
  }

  /** The stack itself. */
  public Volume volume() {
    return volume;
  }

  /** Its labels slice by slice. */
  public LabelSlices slices() {
    return slices(volume);
  }

  /** Tells these labels from all others, as a word without commas. */
  public String checksum() {
    return checksum;
  }

  /** Voxels of an object, 0 where there is none of this id. */
  public long voxels(long id) {
    return id < 1 || id >= voxels.length ? 0 : voxels[(int) id];
  }

  /** Largest id, 0 where there is no object. */
  public int largest() {
    int id = voxels.length - 1;
    while (id > 0 && voxels[id] == 0) {
      id--;
    }
    return id;
  }

  /** Number of objects. */
  public long count() {
    return Arrays.stream(voxels).skip(1).filter(n -> n > 0).count();
  }
}
