package org.uniem.volumes.phantom;

/**
 * Fills space with cell profiles that run along z: a warped power diagram of random sites.
 *
 * <p>Places are in nanometres. Any place can be asked in any order; nothing is kept. Thread-safe.
 */
final class Cells {

  /** Mean distance of sites in the plane, nm. */
  static final double SPACING = 390;

  /** How much longer than wide the cells are. */
  static final double STRETCH = 3.2;

  /** Far enough for every site that can own a place or border on its owner. */
  private static final int REACH = 2;

  private static final int NEIGHBOURS = (2 * REACH + 1) * (2 * REACH + 1) * (2 * REACH + 1);

  private final HashNoise sites;
  private final HashNoise warpX;
  private final HashNoise warpY;
  private final HashNoise warpZ;

  Cells(long seed) {
    sites = new HashNoise(seed, "sites");
    warpX = new HashNoise(seed, "warp x");
    warpY = new HashNoise(seed, "warp y");
    warpZ = new HashNoise(seed, "warp z");
  }

  /** The sites around a place, remembered between near places. Not thread-safe: one per thread. */
  static final class Probe {
    /** Lattice coordinates of the owner of the last place. */
    long siteX;

    long siteY;
    long siteZ;

    /** A number of the pair of cells on both sides of the nearest boundary, the same from both. */
    long pair;

    /** Which side of the pair the last place is on. */
    boolean firstOfPair;

    /**
     * Distance from the last place to the boundary of its cell, nm, at most the limit asked for.
     */
    double clearance;

    private long latticeX = Long.MIN_VALUE;
    private long latticeY;
    private long latticeZ;
    private final double[] x = new double[NEIGHBOURS];
    private final double[] y = new double[NEIGHBOURS];
    private final double[] z = new double[NEIGHBOURS];
    private final double[] weight = new double[NEIGHBOURS];
    private final long[] key = new long[NEIGHBOURS];
    private final double[] power = new double[NEIGHBOURS];
    private final double[] warped = new double[3];
  }

  /**
   * Finds the owner of a place and the distance to its boundary.
   *
   * @param probe receives the answer
   * @param limit distances above are not told apart, nm
   */
  void find(double x, double y, double z, double limit, Probe probe) {
    warp(x, y, z, probe.warped);
    double px = probe.warped[0];
    double py = probe.warped[1];
    double pz = probe.warped[2];
    load((long) Math.floor(px), (long) Math.floor(py), (long) Math.floor(pz), probe);
    int owner = 0;
    for (int i = 0; i < NEIGHBOURS; i++) {
      double dx = px - probe.x[i];
      double dy = py - probe.y[i];
      double dz = pz - probe.z[i];
      probe.power[i] = dx * dx + dy * dy + dz * dz - probe.weight[i];
      if (probe.power[i] < probe.power[owner]) {
        owner = i;
      }
    }
    int side = 2 * REACH + 1;
    probe.siteX = probe.latticeX - REACH + owner % side;
    probe.siteY = probe.latticeY - REACH + owner / side % side;
    probe.siteZ = probe.latticeZ - REACH + owner / (side * side);
    measure(owner, limit / SPACING, probe);
  }

  private void measure(int owner, double limit, Probe probe) {
    double nearest = limit * limit;
    int other = owner;
    for (int i = 0; i < NEIGHBOURS; i++) {
      double difference = 0.5 * (probe.power[i] - probe.power[owner]);
      double dx = probe.x[i] - probe.x[owner];
      double dy = probe.y[i] - probe.y[owner];
      double dz = (probe.z[i] - probe.z[owner]) / STRETCH;
      // The bisecting plane's distance; dz is divided because a step along z is a shorter one here.
      double squared = difference * difference / (dx * dx + dy * dy + dz * dz + 1e-300);
      if (i != owner && squared < nearest) {
        nearest = squared;
        other = i;
      }
    }
    probe.clearance = Math.sqrt(nearest) * SPACING;
    probe.pair = probe.key[owner] + probe.key[other];
    probe.firstOfPair = probe.key[owner] < probe.key[other];
  }

  private void load(long lx, long ly, long lz, Probe probe) {
    if (lx == probe.latticeX && ly == probe.latticeY && lz == probe.latticeZ) {
      return;
    }
    probe.latticeX = lx;
    probe.latticeY = ly;
    probe.latticeZ = lz;
    int i = 0;
    for (long z = lz - REACH; z <= lz + REACH; z++) {
      for (long y = ly - REACH; y <= ly + REACH; y++) {
        for (long x = lx - REACH; x <= lx + REACH; x++) {
          probe.x[i] = x + sites.uniform(x, y, z, 0);
          probe.y[i] = y + sites.uniform(x, y, z, 1);
          probe.z[i] = z + sites.uniform(x, y, z, 2);
          probe.weight[i] = weight(x, y, z);
          probe.key[i] = sites.bits(x, y, z);
          i++;
        }
      }
    }
  }

  /** Most cells are thin, a few are wide as dendrites are. */
  private double weight(long x, long y, long z) {
    double size = sites.uniform(x, y, z, 3);
    return size > 0.85 ? 0.65 : 0.25 * size;
  }

  /** Whether a cell is one of the wide ones. */
  boolean isWide(long siteX, long siteY, long siteZ) {
    return sites.uniform(siteX, siteY, siteZ, 3) > 0.85;
  }

  /**
   * The id of the cell that a place belongs to: the place of its site in the lattice of all sites
   * that can own a voxel, counted from 1.
   *
   * @param options say how large the phantom is
   * @param probe as {@link #find} has left it
   */
  static int id(PhantomOptions options, Probe probe) {
    long id =
        ((probe.siteZ + 4) * rows(options) + probe.siteY + 4) * columns(options) + probe.siteX + 5;
    return Math.toIntExact(id);
  }

  /** No cell of a phantom has a larger id. */
  static long largestId(PhantomOptions options) {
    double length = options.depth() * options.voxelSize().z();
    long planes = (long) Math.floor(length / (SPACING * STRETCH)) + 8;
    return planes * rows(options) * columns(options);
  }

  private static long columns(PhantomOptions options) {
    return (long) Math.floor(options.width() * options.voxelSize().x() / SPACING) + 8;
  }

  private static long rows(PhantomOptions options) {
    return (long) Math.floor(options.height() * options.voxelSize().y() / SPACING) + 8;
  }

  /**
   * Where a site lies, nm.
   *
   * @return x, y, z
   */
  double[] centre(long siteX, long siteY, long siteZ) {
    double[] site = {
      siteX + sites.uniform(siteX, siteY, siteZ, 0),
      siteY + sites.uniform(siteX, siteY, siteZ, 1),
      siteZ + sites.uniform(siteX, siteY, siteZ, 2)
    };
    double[] place = {site[0] * SPACING, site[1] * SPACING, site[2] * SPACING * STRETCH};
    double[] warped = new double[3];
    for (int iteration = 0; iteration < 8; iteration++) {
      warp(place[0], place[1], place[2], warped);
      place[0] += 0.7 * (site[0] - warped[0]) * SPACING;
      place[1] += 0.7 * (site[1] - warped[1]) * SPACING;
      place[2] += 0.7 * (site[2] - warped[2]) * SPACING * STRETCH;
    }
    return place;
  }

  private void warp(double x, double y, double z, double[] warped) {
    double cx = x / 560;
    double cy = y / 560;
    double cz = z / 1100;
    double fx = x / 170;
    double fy = y / 170;
    double fz = z / 420;
    warped[0] = (x + 205 * warpX.smooth(cx, cy, cz) + 48 * warpX.smooth(fx, fy, fz)) / SPACING;
    warped[1] = (y + 205 * warpY.smooth(cx, cy, cz) + 48 * warpY.smooth(fx, fy, fz)) / SPACING;
    warped[2] = (z + 300 * warpZ.smooth(cx, cy, cz)) / (SPACING * STRETCH);
  }
}
