package org.uniem.fiji.labkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.commands.worker.PredictionClient;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.Normalisation;
import org.uniem.networks.inference.InferenceOptions;
import org.uniem.networks.inference.NetworkInference;
import org.uniem.networks.pixels.PixelScaling;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/**
 * Predicts rectangles of slices with a network in a process of its own. Thread-safe; one rectangle
 * is predicted at a time.
 */
final class RegionPredictor implements AutoCloseable {

  /** What a rectangle sees of its surroundings, so that neighbours agree at their seam. */
  private static final int HALO = 64;

  private final Path folder;
  private final PredictionClient client;
  private Volume measured;
  private Normalisation measuredFor;
  private PixelScaling scaling;

  /**
   * @param folder of the model
   */
  RegionPredictor(Path folder, ComputeSettings settings) {
    this.folder = folder;
    client = PredictionClient.open(folder, settings);
  }

  Path folder() {
    return folder;
  }

  /** Takes over the weights that the folder has now. */
  void refresh() {
    client.refresh();
  }

  /** The classes as Labkit counts them: a single one has the background before it. */
  List<String> classNames() {
    List<String> classes = client.description().classes();
    return classes.size() == 1 ? List.of(LabelKey.BACKGROUND, classes.get(0)) : classes;
  }

  /**
   * Predicts a rectangle of one slice.
   *
   * @param volume the image
   * @param area x and y, within the image
   * @param z slice
   * @return probability per class of {@link #classNames} and pixel, x fastest
   */
  synchronized float[][] predict(Volume volume, Interval area, long z) {
    ModelDescription model = client.description();
    long reach = (long) model.context() * model.contextStep();
    long[] min = {
      Math.max(0, area.min(0) - HALO), Math.max(0, area.min(1) - HALO), Math.max(0, z - reach)
    };
    long[] max = {
      Math.min(volume.width() - 1, area.max(0) + HALO),
      Math.min(volume.height() - 1, area.max(1) + HALO),
      Math.min(volume.depth() - 1, z + reach)
    };
    Volume part = part(volume, new FinalInterval(min, max));
    float[][] maps = new float[model.classes().size()][];
    try (Job job = new Job(1, ProgressListener.NONE)) {
      NetworkInference.predict(
          List.of(new LoadedModel(model, client)),
          part,
          (described, measuring) -> scaling(volume, described, measuring),
          new InferenceOptions(1, 0, HALO, 0),
          (slice, predicted) -> {
            if (slice == z - min[2]) {
              for (int m = 0; m < maps.length; m++) {
                maps[m] = crop(predicted[m], part.width(), area, min);
              }
            }
          },
          job);
    }
    return maps.length == 1 ? withBackground(maps[0]) : maps;
  }

  /** That of the whole volume, measured once: all rectangles must agree. */
  private PixelScaling scaling(Volume volume, ModelDescription model, Job job) {
    if (volume != measured || !model.normalisation().equals(measuredFor)) {
      scaling = PixelScaling.of(volume, model, job);
      measured = volume;
      measuredFor = model.normalisation();
    }
    return scaling;
  }

  private static Volume part(Volume volume, Interval interval) {
    List<RandomAccessibleInterval<? extends RealType<?>>> channels = new ArrayList<>();
    for (int c = 0; c < volume.channels(); c++) {
      channels.add(Views.interval(volume.channel(c), interval));
    }
    return Volumes.of(channels, volume.voxelSize(), volume.name());
  }

  private static float[] crop(float[] map, long width, Interval area, long[] min) {
    int columns = (int) area.dimension(0);
    int rows = (int) area.dimension(1);
    float[] cropped = new float[columns * rows];
    for (int y = 0; y < rows; y++) {
      int from = (int) ((area.min(1) - min[1] + y) * width + area.min(0) - min[0]);
      System.arraycopy(map, from, cropped, y * columns, columns);
    }
    return cropped;
  }

  private static float[][] withBackground(float[] map) {
    float[] background = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      background[i] = 1 - map[i];
    }
    return new float[][] {background, map};
  }

  @Override
  public void close() {
    client.close();
  }
}
