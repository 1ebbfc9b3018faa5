package org.uniem.viewers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSizes;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Labels for an image: those painted before, and the 8-bit TIFF stack they are saved to, which says
 * in itself what its values mean ({@link LabelKey}). Training takes it as it is.
 *
 * <p>What another window or program saved to the same file meanwhile is not overwritten.
 * Thread-safe.
 */
public final class PaintedLabels {

  /** The largest value of a label stack that was not painted with this suite. */
  private static final int LARGEST_VALUE = 65535;

  private final VolumeSpec spec;
  private final Path output;
  private final LabelKey key;
  private final byte[][] slices;
  private Optional<Saved> known;

  /** Tells whether a file is the one that was read or written last. */
  private record Saved(FileTime time, long bytes, Object file) {

    static Optional<Saved> of(Path path) {
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return Optional.of(new Saved(now.lastModifiedTime(), now.size(), now.fileKey()));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw new OutputException("Cannot look at " + path + ": " + e.getMessage() + ".", e);
      }
    }
  }

  private PaintedLabels(VolumeSpec spec, Path output, byte[][] slices) {
    this.spec = spec;
    this.output = output;
    this.key = spec.labelKey().orElseThrow();
    this.slices = slices;
    known = Saved.of(output);
  }

  /**
   * Labels of which nothing is painted yet.
   *
   * @param images what is painted on
   * @param key the classes
   * @param output where they are saved, ending in .tif
   */
  public static PaintedLabels empty(Volume images, LabelKey key, Path output) {
    return new PaintedLabels(specOf(images, key, output), output, null);
  }

  /**
   * Labels that go on from an earlier stack: one painted with this suite, whose classes are found
   * by name, or any other label stack: there 0 is the background, and the other values are the
   * class beside it, or, where there are several, the classes in ascending order.
   *
   * @param images what is painted on
   * @param labels of the same size; may be closed afterwards
   * @param key the classes; those of a painted stack that are not among them are added
   * @param output where they are saved, ending in .tif
   * @param job progress and cancel
   * @throws BadInputException if the sizes differ or the stack holds more values than classes
   */
  public static PaintedLabels of(Volume images, Volume labels, LabelKey key, Path output, Job job) {
    VolumeSizes.requireSame("images", images, "labels", labels);
    requireOneChannel(labels);
    LabelKey all = labels.labelKey().map(earlier -> joined(key, earlier)).orElse(key);
    byte[] codes = new byte[LARGEST_VALUE + 1];
    Arrays.fill(codes, (byte) LabelKey.UNPAINTED);
    Optional<LabelKey> earlier = labels.labelKey();
    if (earlier.isPresent()) {
      List<String> names = earlier.get().classNames();
      for (int value = 0; value < names.size(); value++) {
        codes[value] = (byte) all.classNames().indexOf(names.get(value));
      }
    } else if (key.classNames().size() == 2) {
      Arrays.fill(codes, (byte) 1);
      codes[0] = 0;
    } else {
      number(labels, key, codes, job);
    }
    byte beyond = earlier.isPresent() ? (byte) LabelKey.UNPAINTED : 1;
    Job.Stage stage = job.stage("Reading labels", labels.depth(), "slices");
    byte[][] slices = new byte[Math.toIntExact(labels.depth())][];
    float[] values = new float[Math.toIntExact(labels.width() * labels.height())];
    for (int z = 0; z < slices.length; z++) {
      labels.readSlice(z, 0, values);
      slices[z] = coded(values, codes, beyond);
      stage.advance(1);
    }
    return new PaintedLabels(specOf(images, all, output), output, slices);
  }

  private static VolumeSpec specOf(Volume images, LabelKey key, Path output) {
    String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".tif") && !name.endsWith(".tiff")) {
      throw new BadParameterException(
          "output=" + output + " must end in .tif: painted labels are saved as a TIFF stack.");
    }
    return new VolumeSpec(
        images.width(),
        images.height(),
        images.depth(),
        1,
        PixelType.UINT8,
        images.voxelSize(),
        Optional.of(key));
  }

  private static LabelKey joined(LabelKey wanted, LabelKey earlier) {
    List<String> names = new ArrayList<>(wanted.classNames());
    earlier.classNames().stream().filter(name -> !names.contains(name)).forEach(names::add);
    return new LabelKey(LabelKey.UNPAINTED, names);
  }

  private static void number(Volume labels, LabelKey key, byte[] codes, Job job) {
    Job.Stage stage = job.stage("Finding label values", labels.depth(), "slices");
    TreeSet<Integer> found = new TreeSet<>();
    float[] values = new float[Math.toIntExact(labels.width() * labels.height())];
    for (long z = 0; z < labels.depth(); z++) {
      labels.readSlice(z, 0, values);
      float last = 0;
      for (float value : values) {
        if (value != last) {
          last = value;
          requireLabel(labels, z, value, codes.length);
          if (found.add((int) value) && found.size() >= key.classNames().size() && value != 0) {
            requireClasses(labels, key, found);
          }
        }
      }
      stage.advance(1);
    }
    found.remove(0);
    codes[0] = 0;
    int next = 1;
    for (int value : found) {
      codes[value] = (byte) next++;
    }
  }

  private static void requireClasses(Volume labels, LabelKey key, TreeSet<Integer> found) {
    int foreground = found.size() - (found.contains(0) ? 1 : 0);
    if (foreground >= key.classNames().size()) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " hold more values than classes are named: expected 0 for the background and "
              + (key.classNames().size() - 1)
              + " other, found "
              + found
              + ". Name more classes, or give semantic labels in place of objects.");
    }
  }

  private static void requireLabel(Volume labels, long z, float value, int limit) {
    if (value < 0 || value >= limit || value != Math.rint(value)) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " hold "
              + value
              + " in slice "
              + labels.sliceName(z)
              + ": expected whole numbers of 0 to "
              + (limit - 1)
              + ". Give a label image.");
    }
  }

  private static void requireOneChannel(Volume labels) {
    if (labels.channels() != 1) {
      throw new BadInputException(
          "Labels "
              + labels.name()
              + " have "
              + labels.channels()
              + " channels: expected 1. Give a label image.");
    }
  }

  /** Slices without paint take no memory. */
  private static byte[] coded(float[] values, byte[] codes, byte beyond) {
    byte[] slice = new byte[values.length];
    boolean any = false;
    for (int i = 0; i < slice.length; i++) {
      slice[i] = values[i] >= 0 && values[i] < codes.length ? codes[(int) values[i]] : beyond;
      any |= slice[i] != (byte) LabelKey.UNPAINTED;
    }
    return any ? slice : null;
  }

  /** The classes and the value of unpainted pixels, {@link LabelKey#UNPAINTED}. */
  public LabelKey key() {
    return key;
  }

  /** Where the labels are saved. */
  public Path output() {
    return output;
  }

  /** Voxel size of the image. */
  public VoxelSize voxelSize() {
    return spec.voxelSize();
  }

  /** Size of the image along x, y and z in pixels. */
  public long[] dimensions() {
    return new long[] {spec.width(), spec.height(), spec.depth()};
  }

  /** Whether something was painted before in a slice. */
  public boolean isPainted(long z) {
    return slices != null && slices[(int) z] != null;
  }

  /**
   * What was painted before in one slice.
   *
   * @param z slice, from 0
   * @param target receives class numbers, or {@link LabelKey#UNPAINTED}, x fastest
   */
  public void read(long z, byte[] target) {
    if (isPainted(z)) {
      System.arraycopy(slices[(int) z], 0, target, 0, target.length);
    } else {
      Arrays.fill(target, (byte) LabelKey.UNPAINTED);
    }
  }

  /**
   * Saves labels in place of those saved before; the file appears whole.
   *
   * @param painted class numbers, or {@link LabelKey#UNPAINTED}
   * @param job progress and cancel; a cancelled save keeps the earlier file
   * @throws OutputException if it cannot be written, or the file is no longer the one that was
   *     opened or saved here last; it is kept
   */
  public synchronized void save(SliceReader painted, Job job) {
    save(painted, key, job);
  }

  /**
   * Saves labels whose classes changed while they were painted.
   *
   * @param painted class numbers of this key, or {@link LabelKey#UNPAINTED}
   * @param classes the classes as they are now
   * @param job progress and cancel
   */
  public synchronized void save(SliceReader painted, LabelKey classes, Job job) {
    Path target = output.toAbsolutePath().normalize();
    requireUnchanged();
    String name = ".uniem-" + UUID.randomUUID().toString().substring(0, 8) + ".tif";
    Path finished = target.resolveSibling(name);
    VolumeSpec keyed =
        new VolumeSpec(
            spec.width(),
            spec.height(),
            spec.depth(),
            1,
            PixelType.UINT8,
            spec.voxelSize(),
            Optional.of(classes));
    Job.Stage stage = job.stage("Saving labels", spec.depth(), "slices");
    float[] slice = new float[Math.toIntExact(spec.width() * spec.height())];
    try (VolumeWriter writer = Volumes.create(finished, keyed)) {
      for (long z = 0; z < spec.depth(); z++) {
        painted.read(z, slice);
        writer.writeSlice(slice);
        stage.advance(1);
      }
      writer.commit();
      requireUnchanged();
      WholeFile.replace(finished, target);
      known = Saved.of(output);
    } catch (RuntimeException e) {
      deleteAfter(e, finished);
      throw e;
    }
  }

  private void requireUnchanged() {
    Optional<Saved> now = Saved.of(output);
    if (now.isPresent() && !now.equals(known)) {
      throw new OutputException(
          "Cannot save labels to "
              + output
              + ": another window or program changed the file since it was opened or saved here."
              + " Move that file elsewhere and save again; both are kept then.");
    }
  }

  private static void deleteAfter(RuntimeException failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
