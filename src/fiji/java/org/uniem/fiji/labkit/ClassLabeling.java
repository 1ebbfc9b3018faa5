package org.uniem.fiji.labkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.roi.labeling.ImgLabeling;
import net.imglib2.roi.labeling.LabelingType;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.uniem.viewers.LabelColours;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.SliceReader;
import sc.fiji.labkit.ui.labeling.Label;
import sc.fiji.labkit.ui.labeling.Labeling;

/** Turns painted labels into a labeling of Labkit and back. */
final class ClassLabeling {

  /** Labkit's sparse labelings take about 20 bytes per painted voxel, dense ones 1 per voxel. */
  private static final long MOST_SPARSE_VOXELS = 2_000_000;

  private ClassLabeling() {}

  /** What was painted before, with one named, coloured label per class. */
  static Labeling of(PaintedLabels labels) {
    long[] size = labels.dimensions();
    byte[] slice = new byte[Math.toIntExact(size[0] * size[1])];
    long painted = 0;
    for (long z = 0; z < size[2]; z++) {
      if (labels.isPainted(z)) {
        labels.read(z, slice);
        for (byte value : slice) {
          painted += value == (byte) LabelKey.UNPAINTED ? 0 : 1;
        }
      }
    }
    return painted > MOST_SPARSE_VOXELS ? dense(labels, slice) : sparse(labels, slice);
  }

  private static long[] axes(PaintedLabels labels) {
    long[] size = labels.dimensions();
    return size[2] == 1 ? new long[] {size[0], size[1]} : size;
  }

  static ARGBType colour(int classNumber) {
    return new ARGBType(0xff000000 | LabelColours.of(classNumber + 1L));
  }

  private static Labeling sparse(PaintedLabels labels, byte[] slice) {
    List<Label> classes = new ArrayList<>();
    for (String name : labels.key().classNames()) {
      classes.add(new Label(name, colour(classes.size())));
    }
    Labeling labeling = Labeling.createEmptyLabels(classes, new FinalInterval(axes(labels)));
    RandomAccess<LabelingType<Label>> access = labeling.randomAccess();
    long[] size = labels.dimensions();
    for (int z = 0; z < size[2]; z++) {
      if (!labels.isPainted(z)) {
        continue;
      }
      labels.read(z, slice);
      for (int i = 0; i < slice.length; i++) {
        if (slice[i] != (byte) LabelKey.UNPAINTED) {
          access.setPosition((int) (i % size[0]), 0);
          access.setPosition((int) (i / size[0]), 1);
          if (size[2] > 1) {
            access.setPosition(z, 2);
          }
          access.get().add(classes.get(slice[i] & 255));
        }
      }
    }
    return labeling;
  }

  private static Labeling dense(PaintedLabels labels, byte[] slice) {
    RandomAccessibleInterval<UnsignedByteType> index = PlanarImgs.unsignedBytes(axes(labels));
    long[] size = labels.dimensions();
    for (int z = 0; z < size[2]; z++) {
      if (labels.isPainted(z)) {
        labels.read(z, slice);
        int i = 0;
        RandomAccessibleInterval<UnsignedByteType> plane =
            size[2] == 1 ? index : Views.hyperSlice(index, 2, z);
        for (UnsignedByteType pixel : Views.flatIterable(plane)) {
          int value = slice[i++] & 255;
          pixel.set(value == LabelKey.UNPAINTED ? 0 : value + 1);
        }
      }
    }
    List<String> names = labels.key().classNames();
    Labeling labeling =
        Labeling.fromImgLabeling(ImgLabeling.fromImageAndLabels(index, new ArrayList<>(names)));
    labeling.setLabelOrder(Comparator.comparing(label -> names.indexOf(label.name())));
    labeling.getLabels().forEach(label -> label.setColor(colour(names.indexOf(label.name()))));
    return labeling;
  }

  /**
   * The classes as they are now: the user may have added, renamed and removed some.
   *
   * @throws org.uniem.job.BadParameterException if two have the same name, or a name is not
   *     possible
   */
  static LabelKey key(Labeling labeling) {
    List<String> names = new ArrayList<>();
    names.add(LabelKey.BACKGROUND);
    for (Label label : labeling.getLabels()) {
      if (!label.name().equals(LabelKey.BACKGROUND)) {
        names.add(label.name().strip());
      }
    }
    return new LabelKey(LabelKey.UNPAINTED, names);
  }

  /**
   * The class numbers of a labeling; where labels overlap, that of the last in the list counts.
   *
   * @param key its classes
   */
  static SliceReader reader(Labeling labeling, LabelKey key) {
    RandomAccessibleInterval<? extends IntegerType<?>> index = labeling.getIndexImg();
    List<Set<Label>> sets = labeling.getLabelSets();
    return (z, target) -> {
      Map<Integer, Integer> classOfIndex = new HashMap<>();
      RandomAccessibleInterval<? extends IntegerType<?>> plane =
          index.numDimensions() == 2 ? index : Views.hyperSlice(index, 2, z);
      int last = -1;
      int value = 0;
      int i = 0;
      for (IntegerType<?> pixel : Views.flatIterable(plane)) {
        int at = pixel.getInteger();
        if (at != last) {
          last = at;
          value = classOfIndex.computeIfAbsent(at, n -> classOf(sets.get(n), key));
        }
        target[i++] = value;
      }
    };
  }

  private static int classOf(Set<Label> labels, LabelKey key) {
    return labels.stream()
        .mapToInt(label -> key.classNames().indexOf(label.name().strip()))
        .filter(value -> value >= 0)
        .max()
        .orElse(LabelKey.UNPAINTED);
  }
}
