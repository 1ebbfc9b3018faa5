package org.uniem.networks.floodfilling;

import net.imglib2.Interval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.real.FloatType;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.floodfilling.seeds.PeakSeeds;
import org.uniem.floodfilling.training.Box;
import org.uniem.floodfilling.training.LabelledVolume;
import org.uniem.job.Job;
import org.uniem.metrics.ContingencyTable;
import org.uniem.metrics.Foreground;
import org.uniem.metrics.InstanceScores;

/**
 * Scores a network by what it is for: the held-back part is segmented, and compared with its
 * labels. The loss would not tell, for it knows neither missed moves nor merged objects.
 */
final class MaskValidation {

  /** Smaller objects are rejected, or those of the training if these are smaller still. */
  private static final int MIN_VOXELS = 1000;

  private MaskValidation() {}

  /**
   * Segments and scores.
   *
   * @param volume the held-back part
   * @param network as trained so far
   * @param smallestObject of the training
   * @return Rand F-score over the labelled voxels, 0 … 1; those left out are objects of their own,
   *     for else finding nothing would be a good score where one object takes most of the volume
   */
  static double score(
      LabelledVolume volume, FloodFillingNetwork network, long smallestObject, Job job) {
    Box size = volume.size();
    float[] pixels = new float[size.voxels()];
    long[] truth = new long[pixels.length];
    for (int z = 0, i = 0; z < size.z(); z++) {
      for (int y = 0; y < size.y(); y++) {
        for (int x = 0; x < size.x(); x++, i++) {
          pixels[i] = volume.intensity(x, y, z);
          truth[i] = volume.isExcluded(x, y, z) ? 0 : volume.label(x, y, z);
        }
      }
    }
    ArrayImg<FloatType, FloatArray> image = ArrayImgs.floats(pixels, size.x(), size.y(), size.z());
    FillingModel model = network.model();
    Mirroring mirroring = network.settings().mirroring();
    Interval box = mirroring.around(image, image, Mirroring.reach(network.fieldOfView()));
    FillingScene scene = FillingScene.read(image, box, model.intensities());
    FloodFilling.fill(
        scene,
        network,
        new PeakSeeds(),
        network.options().withMinSegmentVoxels((int) Math.min(MIN_VOXELS, smallestObject)),
        FillingListener.NONE,
        job.stage("Segmenting the validation part", scene.voxels(), "voxels"),
        job);
    long[] found = new long[truth.length];
    for (int row = 0, i = 0; row < scene.ownRows(); row++) {
      int start = scene.ownRow(row);
      for (int x = 0; x < size.x(); x++, i++) {
        found[i] = Math.max(0, scene.labels()[start + x]);
      }
    }
    ContingencyTable table = new ContingencyTable();
    table.add(found, truth);
    double rand = InstanceScores.of(table, Foreground.SINGLES).rand();
    return Double.isNaN(rand) ? 0 : rand;
  }
}
