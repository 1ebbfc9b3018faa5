package org.uniem.volumes.phantom;

import java.util.ArrayList;
import java.util.List;
import org.uniem.job.Job;

/** Small round vesicles inside cells, clear of membranes and organelles. */
final class Vesicles {

  private static final double SPACING = 54;
  private static final double LARGEST = 25;

  /** Where a vesicle is, nm. */
  record Vesicle(double x, double y, double z, double radius, boolean dense) {}

  private Vesicles() {}

  /** All vesicles that reach into a slab as wide as the volume, in a fixed order. */
  static List<Vesicle> between(
      double minZ,
      double maxZ,
      PhantomOptions options,
      Cells cells,
      Tissue tissue,
      List<Body> bodies,
      Job job) {
    HashNoise chance = new HashNoise(options.seed(), "vesicles");
    Cells.Probe probe = new Cells.Probe();
    List<Vesicle> vesicles = new ArrayList<>();
    long lastX = lattice(options.width() * options.voxelSize().x() + 2 * LARGEST);
    long lastY = lattice(options.height() * options.voxelSize().y() + 2 * LARGEST);
    for (long k = lattice(minZ - LARGEST); k <= lattice(maxZ + LARGEST); k++) {
      for (long j = -2; j <= lastY; j++) {
        job.checkCancelled();
        for (long i = -2; i <= lastX; i++) {
          double chosen = chance.uniform(i, j, k, 0);
          if (chosen < 0.75) {
            Vesicle vesicle = vesicle(chance, i, j, k);
            if (hasRoom(vesicle, chosen, cells, tissue, bodies, probe)) {
              vesicles.add(vesicle);
            }
          }
        }
      }
    }
    return vesicles;
  }

  private static Vesicle vesicle(HashNoise chance, long i, long j, long k) {
    double x = (i + chance.uniform(i, j, k, 1)) * SPACING;
    double y = (j + chance.uniform(i, j, k, 2)) * SPACING;
    double z = (k + chance.uniform(i, j, k, 3)) * SPACING;
    double radius = 17 + (LARGEST - 17) * chance.uniform(i, j, k, 4);
    return new Vesicle(x, y, z, radius, chance.uniform(i, j, k, 5) < 0.06);
  }

  private static boolean hasRoom(
      Vesicle vesicle,
      double chosen,
      Cells cells,
      Tissue tissue,
      List<Body> bodies,
      Cells.Probe probe) {
    cells.find(vesicle.x, vesicle.y, vesicle.z, 60, probe);
    if (probe.clearance < vesicle.radius + 16
        || chosen > tissue.vesicleDensity(vesicle.x, vesicle.y, vesicle.z, probe)) {
      return false;
    }
    for (Body body : bodies) {
      if (body.distance(vesicle.x, vesicle.y, vesicle.z) < vesicle.radius + 12) {
        return false;
      }
    }
    return true;
  }

  private static long lattice(double nm) {
    return (long) Math.floor(nm / SPACING);
  }
}
