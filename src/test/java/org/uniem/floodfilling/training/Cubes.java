package org.uniem.floodfilling.training;

import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Labelled volumes for tests. */
final class Cubes {

  /** Value of a voxel. */
  interface Values {
    double at(int x, int y, int z);
  }

  private Cubes() {}

  static Volume volume(String name, Box size, Values values) {
    float[] voxels = new float[size.voxels()];
    for (int z = 0, i = 0; z < size.z(); z++) {
      for (int y = 0; y < size.y(); y++) {
        for (int x = 0; x < size.x(); x++, i++) {
          voxels[i] = (float) values.at(x, y, z);
        }
      }
    }
    return Volumes.of(
        ArrayImgs.floats(voxels, size.x(), size.y(), size.z()), VoxelSize.UNKNOWN, name);
  }

  static LabelledVolume of(Box size, Values images, Values labels) {
    return read(size, images, labels, Optional.empty());
  }

  static LabelledVolume read(Box size, Values images, Values labels, Optional<Values> mask) {
    try (Volume imageVolume = volume("images", size, images);
        Volume labelVolume = volume("labels", size, labels);
        Job job = Job.silent()) {
      return LabelledVolume.read(
          imageVolume,
          labelVolume,
          mask.map(values -> volume("mask", size, values)),
          new Box(0, 0, 0),
          size,
          job);
    }
  }
}
