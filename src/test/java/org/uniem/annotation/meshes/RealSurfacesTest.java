package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** The neurons of a real stack against marching cubes of scikit-image. */
class RealSurfacesTest {

  private static final Path NEURONS = Path.of("../shared/data/snemi3d/neurons32x160x160.tif");

  /**
   * Id, vertices, triangles, volume and area: {@code v, t, _, _ =
   * skimage.measure.marching_cubes(np.pad((neurons == id).astype(float), 1), 0.5, spacing=(30, 6,
   * 6), method='lorensen')} of scikit-image 0.19.3; {@code len(v), len(t)}, the volume within, and
   * {@code skimage.measure.mesh_surface_area(v, t)}.
   */
  private static final String SCIKIT_IMAGE =
      """
      2 1970 3932 1525050 123138.9
      3 5830 11656 12040830 413727.7
      4 8300 16596 16844130 455849.0
      5 3976 7948 4098465 281358.2
      6 32812 65620 126477135 2012090.9
      7 9692 19380 11269035 553898.1
      8 3174 6344 3089925 165216.8
      9 32302 64600 113256315 1800187.0
      10 3448 6892 4481100 222031.9
      11 11268 22532 14575995 637589.5
      12 3148 6292 3833505 191987.2
      13 106 208 23670 8022.5
      14 2458 4912 2654685 204882.6
      15 12056 24108 16814970 689185.4
      16 6196 12388 8591760 362984.6
      17 1428 2852 1253880 81066.0
      18 17406 34808 37217700 1251205.1
      19 34182 68360 92770875 2338241.3
      20 33884 67768 105676515 2199604.3
      21 16922 33840 24679935 1004876.5
      22 21366 42728 84044385 1637586.9
      23 20326 40648 88519770 1694847.8
      24 9018 18032 11004120 524216.5
      25 952 1900 591750 52091.6
      26 2358 4712 1935675 124144.2
      27 8976 17948 10533690 534961.6
      """;

  /** As many vertices and triangles; which vertices a triangle joins may differ. */
  @Test
  void surfacesOfNeuronsAreClosedAndMeasureAsThoseOfScikitImage() {
    assumeTrue(Files.exists(NEURONS), "skipped: ../shared/data not present");
    try (Job job = new Job(2, ProgressListener.NONE);
        Volume neurons =
            Volumes.withVoxelSize(Volumes.open(NEURONS), new VoxelSize(6, 6, 30, "nm"));
        ObjectSurfaces surfaces = ObjectSurfaces.find(neurons, job)) {
      assertEquals(27, surfaces.ids().length);
      for (String line : SCIKIT_IMAGE.lines().toList()) {
        String[] expected = line.split(" ");
        TriangleMesh mesh = surfaces.mesh(Long.parseLong(expected[0]), job);
        Manifold.check(mesh);
        assertEquals(Integer.parseInt(expected[1]), mesh.vertexCount(), line);
        assertEquals(3 * Integer.parseInt(expected[2]), mesh.triangles().length, line);
        double volume = Double.parseDouble(expected[3]);
        double area = Double.parseDouble(expected[4]);
        assertEquals(volume, mesh.volume(), 0.005 * volume, line);
        assertEquals(area, mesh.area(), 0.015 * area, line);
      }
    }
  }
}
