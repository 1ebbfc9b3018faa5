package org.uniem.fiji.labkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import net.imagej.ImgPlus;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.roi.labeling.LabelingType;
import net.imglib2.util.Pair;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import sc.fiji.labkit.ui.labeling.Label;
import sc.fiji.labkit.ui.labeling.Labeling;

/**
 * The painted slices of one or several images, as two stacks that a training takes.
 *
 * @param images their pixels
 * @param labels what is painted on them
 * @param classes names of the classes that are painted, in order
 */
record TrainingSet(Path images, Path labels, List<String> classes) {

  /**
   * Writes the slices that something is painted on.
   *
   * @param data images and labelings
   * @param folder gets the stacks
   * @param number tells the stacks from earlier ones
   * @throws CancellationException if too little is painted or the images do not fit each other; the
   *     message is for the user
   */
  static TrainingSet write(List<Pair<ImgPlus<?>, Labeling>> data, Path folder, int number) {
    List<Volume> volumes = new ArrayList<>();
    List<TreeSet<Long>> slices = new ArrayList<>();
    long depth = 0;
    for (Pair<ImgPlus<?>, Labeling> pair : data) {
      volumes.add(VolumeImage.volumeOf(pair.getA()));
      slices.add(paintedSlices(pair.getB()));
      depth += slices.get(slices.size() - 1).size();
    }
    LabelKey key = key(data);
    requireFit(volumes, data);
    if (depth == 0) {
      throw tooLittle();
    }
    Volume first = volumes.get(0);
    Path images = folder.resolve("images-" + number + ".tif");
    Path labels = folder.resolve("labels-" + number + ".tif");
    TreeMap<Integer, Long> counts = new TreeMap<>();
    try (VolumeWriter imageWriter = Volumes.create(images, spec(first, depth));
        VolumeWriter labelWriter = Volumes.create(labels, labelSpec(first, depth, key))) {
      for (int i = 0; i < data.size(); i++) {
        SliceReader painted = ClassLabeling.reader(data.get(i).getB(), key);
        for (long z : slices.get(i)) {
          write(volumes.get(i), z, imageWriter);
          float[] values = new float[Math.toIntExact(first.width() * first.height())];
          painted.read(z, values);
          for (float value : values) {
            counts.merge((int) value, 1L, Long::sum);
          }
          labelWriter.writeSlice(values);
        }
      }
      imageWriter.commit();
      labelWriter.commit();
    }
    counts.remove(LabelKey.UNPAINTED);
    if (counts.size() < 2) {
      throw tooLittle();
    }
    return new TrainingSet(
        images, labels, counts.keySet().stream().map(key.classNames()::get).toList());
  }

  private static CancellationException tooLittle() {
    return new CancellationException(
        "Paint with at least two labels, for example some background and some mitochondria, and"
            + " train again.");
  }

  private static void write(Volume volume, long z, VolumeWriter writer) {
    float[][] channels = new float[volume.channels()][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = new float[Math.toIntExact(volume.width() * volume.height())];
      volume.readSlice(z, c, channels[c]);
    }
    writer.writeSlice(channels);
  }

  private static VolumeSpec spec(Volume volume, long depth) {
    return new VolumeSpec(
        volume.width(),
        volume.height(),
        depth,
        volume.channels(),
        volume.pixelType(),
        volume.voxelSize());
  }

  private static VolumeSpec labelSpec(Volume volume, long depth, LabelKey key) {
    return new VolumeSpec(
        volume.width(),
        volume.height(),
        depth,
        1,
        PixelType.UINT8,
        volume.voxelSize(),
        Optional.of(key));
  }

  private static LabelKey key(List<Pair<ImgPlus<?>, Labeling>> data) {
    LabelKey key = ClassLabeling.key(data.get(0).getB());
    for (Pair<ImgPlus<?>, Labeling> pair : data) {
      if (!ClassLabeling.key(pair.getB()).equals(key)) {
        throw new CancellationException(
            "The images have different labels: use the same names in the same order.");
      }
    }
    return key;
  }

  private static void requireFit(List<Volume> volumes, List<Pair<ImgPlus<?>, Labeling>> data) {
    Volume first = volumes.get(0);
    for (int i = 0; i < volumes.size(); i++) {
      Volume volume = volumes.get(i);
      Labeling labeling = data.get(i).getB();
      if (volume.width() != first.width()
          || volume.height() != first.height()
          || volume.channels() != first.channels()
          || labeling.dimension(0) != volume.width()
          || labeling.dimension(1) != volume.height()) {
        throw new CancellationException(
            "All images and their labelings must have the same width, height and channels for a"
                + " UNI-EM network: expected "
                + first.width()
                + " x "
                + first.height()
                + " pixels. Crop the images, or train on one of them.");
      }
    }
  }

  private static TreeSet<Long> paintedSlices(Labeling labeling) {
    TreeSet<Long> slices = new TreeSet<>();
    boolean flat = labeling.numDimensions() == 2;
    Cursor<?> cursor = labeling.sparsityCursor();
    RandomAccess<LabelingType<Label>> access = labeling.randomAccess();
    while (cursor.hasNext()) {
      cursor.fwd();
      long z = flat ? 0 : cursor.getLongPosition(2);
      if (!slices.contains(z) && !access.setPositionAndGet(cursor).isEmpty()) {
        slices.add(z);
      }
    }
    return slices;
  }
}
