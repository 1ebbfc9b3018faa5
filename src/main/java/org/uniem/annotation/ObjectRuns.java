package org.uniem.annotation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * The voxels and the table of all objects of a stack, found in one pass over its slices.
 *
 * <p>Voxels are kept as runs along x, two or three bytes each, beyond a quarter of Java's memory in
 * a temporary file. Results do not depend on the number of threads. Thread-safe. Close it to remove
 * the temporary file.
 */
public final class ObjectRuns implements AutoCloseable {

  private static final int SLICES = 16;

  private final Volume labels;
  private final ChunkStore runs;
  private final ObjectTable table;

  private ObjectRuns(Volume labels, ChunkStore runs, ObjectTable table) {
    this.labels = labels;
    this.runs = runs;
    this.table = table;
  }

  /**
   * Finds the objects.
   *
   * @param labels objects in its first channel, 0 = background; stays open as long as this is used
   * @param images of the same size, whose values are averaged over objects; may be empty
   * @param job carries the cancel token, progress and threads
   * @throws BadInputException if a value is no label
   */
  public static ObjectRuns find(Volume labels, Optional<SliceReader> images, Job job) {
    return find(labels, images, ChunkStore.usual(), job);
  }

  /** As {@link #find(Volume, Optional, Job)}, with a store. */
  static ObjectRuns find(Volume labels, Optional<SliceReader> images, ChunkStore store, Job job) {
    Job.Stage progress = job.stage("Finding objects", labels.depth(), "slices");
    List<Callable<ObjectTable>> tasks = new ArrayList<>();
    int depth = Math.toIntExact(labels.depth());
    for (int from = 0; from < depth; from += SLICES) {
      int first = from;
      int end = Math.min(depth, from + SLICES);
      tasks.add(
          () -> {
            ObjectTable part = scan(labels, images, first, end, store, job);
            progress.advance(end - first);
            return part;
          });
    }
    try {
      ObjectTable table = new ObjectTable(labels.width(), labels.voxelSize());
      job.runAll(tasks).forEach(table::addAll);
      return new ObjectRuns(labels, store, table);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private static ObjectTable scan(
      Volume labels, Optional<SliceReader> images, int from, int to, ChunkStore store, Job job) {
    int width = Math.toIntExact(labels.width());
    LabelSlices slices = LabelSlices.of(labels, 0);
    long[] slice = new long[Math.toIntExact(width * labels.height())];
    float[] values = images.isPresent() ? new float[slice.length] : null;
    ObjectTable table = new ObjectTable(width, labels.voxelSize());
    LongIndex objects = new LongIndex();
    List<VarintBuffer> lists = new ArrayList<>();
    long[] ends = new long[16];
    for (int z = from; z < to; z++) {
      job.checkCancelled();
      slices.read(z, slice);
      if (images.isPresent()) {
        images.get().read(z, values);
        table.add(z, slice, values);
      } else {
        table.add(z, slice);
      }
      long base = (long) (z - from) * slice.length;
      for (int start = 0; start < slice.length; ) {
        int end = endOfRun(slice, start, width);
        if (slice[start] != 0) {
          int object = objects.add(slice[start]);
          if (object == lists.size()) {
            lists.add(new VarintBuffer());
            ends = object < ends.length ? ends : Arrays.copyOf(ends, 2 * object);
          }
          lists.get(object).putNumber(base + start - ends[object]);
          lists.get(object).putNumber(end - start);
          ends[object] = base + end;
        }
        start = end;
      }
    }
    for (int object = 0; object < objects.size(); object++) {
      store.add(objects.key(object), from, lists.get(object).toBytes());
    }
    return table;
  }

  private static int endOfRun(long[] slice, int start, int width) {
    int rowEnd = (start / width + 1) * width;
    int end = start + 1;
    while (end < rowEnd && slice[end] == slice[start]) {
      end++;
    }
    return end;
  }

  /** The ids of the objects, ascending. */
  public long[] ids() {
    return runs.ids();
  }

  /** The edge lengths of a voxel. */
  public VoxelSize voxelSize() {
    return labels.voxelSize();
  }

  /** Sizes, places and brightness of the objects; not to be added to. */
  public ObjectTable table() {
    return table;
  }

  /**
   * The voxels of an object.
   *
   * @param id of an object
   * @throws BadInputException if there is none of this id
   */
  public ObjectVoxels voxels(long id) {
    List<ChunkStore.Chunk> chunks = runs.chunks(id);
    if (chunks.isEmpty()) {
      throw new BadInputException("There is no object " + id + ": expected one of the labels.");
    }
    int width = Math.toIntExact(labels.width());
    long plane = width * labels.height();
    List<ObjectVoxels.Run> found = new ArrayList<>();
    for (ChunkStore.Chunk chunk : chunks) {
      VarintBuffer list = new VarintBuffer(chunk.bytes());
      long position = 0;
      while (list.hasNext()) {
        position += list.number();
        int length = (int) list.number();
        int inPlane = (int) (position % plane);
        found.add(
            new ObjectVoxels.Run(
                inPlane % width,
                inPlane / width,
                chunk.order() + (int) (position / plane),
                length));
        position += length;
      }
    }
    return new ObjectVoxels(id, labels, found);
  }

  @Override
  public void close() {
    runs.close();
  }
}
