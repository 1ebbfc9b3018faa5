package org.uniem.fiji;

import java.nio.file.Path;
import org.uniem.job.Job;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.phantom.Phantom;
import org.uniem.volumes.phantom.PhantomOptions;

/** Tissue of 192 x 192 x 6 voxels of 8 x 8 x 30 nm. */
public final class SmallPhantom {

  private SmallPhantom() {}

  /** Writes images.tif, mitochondria.tif and cells.tif. */
  public static void write(Path folder) {
    VoxelSize voxel = new VoxelSize(8, 8, 30, "nm");
    PhantomOptions options = new PhantomOptions(192, 192, 6, voxel, 3, 1, 1, 0.9);
    try (Job job = Job.silent()) {
      Phantom phantom = Phantom.plan(options, job);
      try (VolumeWriter images = Volumes.create(folder.resolve("images.tif"), phantom.imageSpec());
          VolumeWriter labels =
              Volumes.create(folder.resolve("mitochondria.tif"), phantom.labelSpec());
          VolumeWriter cells = Volumes.create(folder.resolve("cells.tif"), phantom.cellSpec())) {
        phantom.write(images, labels, cells, job);
        images.commit();
        labels.commit();
        cells.commit();
      }
    }
  }
}
