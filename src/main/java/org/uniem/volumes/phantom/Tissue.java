package org.uniem.volumes.phantom;

/**
 * The brightness of the tissue at any place, before the microscope: 0 is black, 1 white.
 *
 * <p>Lengths are in nanometres. Thread-safe.
 */
final class Tissue {

  private static final double CYTOPLASM = 0.68;
  private static final double MATRIX = 0.47;

  private final HashNoise coarse;
  private final HashNoise fine;
  private final HashNoise sheet;
  private final HashNoise patch;
  private final HashNoise fold;
  private final HashNoise cell;

  Tissue(long seed) {
    coarse = new HashNoise(seed, "cytoplasm");
    fine = new HashNoise(seed, "granules");
    sheet = new HashNoise(seed, "reticulum");
    patch = new HashNoise(seed, "patches");
    fold = new HashNoise(seed, "cristae");
    cell = new HashNoise(seed, "cell");
  }

  /** A hill of height 1 at 0 that ends at ±1. */
  static double bump(double t) {
    double rest = 1 - t * t;
    return rest <= 0 ? 0 : rest * rest;
  }

  /** Half the width of the gap between two cells' membranes. */
  double halfGap(double x, double y, double z) {
    return 6 + 4 * patch.smooth(x / 240, y / 240, z / 400);
  }

  /** Cytoplasm with granules, microtubules and endoplasmic reticulum, without membranes. */
  double cytoplasm(double x, double y, double z, Cells.Probe probe) {
    double own = cell.uniform(probe.siteX, probe.siteY, probe.siteZ, 0);
    double value = CYTOPLASM + 0.09 * (own - 0.6);
    value += 0.035 * coarse.smooth(x / 130, y / 130, z / 160);
    value += 0.07 * fine.smooth(x / 24, y / 24, z / 50);
    value -= 0.3 * Math.max(0, patch.smooth(x / 19, y / 19, z / 260) - 0.55);
    double amount = cell.uniform(probe.siteX, probe.siteY, probe.siteZ, 1);
    if (amount > 0.35 && probe.clearance > 30) {
      value -= reticulum(x, y, z) * Math.min(1, (probe.clearance - 30) / 20);
    }
    return value;
  }

  /** Flat sacs: two thin dark lines around a light lumen. */
  private double reticulum(double x, double y, double z) {
    double present = coarse.smooth(x / 330, y / 330, z / 400);
    if (present < 0.2) {
      return 0;
    }
    // Two turned lattices, so that no sac follows the axes.
    double turned = sheet.smooth((0.8 * x + 0.6 * y) / 230, (0.8 * y - 0.6 * x) / 230, z / 420);
    double other = sheet.smooth((x - y) / 250 + 70, (x + y) / 250, z / 380);
    double level = Math.abs(0.65 * turned + 0.6 * other);
    double wall = bump((level - 0.085) / 0.065);
    return Math.min(1, (present - 0.2) * 8) * (0.27 * wall - 0.05 * bump(level / 0.06));
  }

  /** What the membranes of two cells and their contact take away from the brightness. */
  double membrane(double x, double y, double z, Cells.Probe probe) {
    double inside = probe.clearance - halfGap(x, y, z);
    double dark = 0.40 * bump((inside - 4) / 11);
    if (inside < 4) {
      dark = Math.max(dark, 0.27);
    }
    return Math.max(dark, density(x, y, z, probe));
  }

  /** The dense material of a synapse, thicker on one side. */
  private double density(double x, double y, double z, Cells.Probe probe) {
    if (probe.clearance > 60 || (probe.pair & 0xFF) > 130) {
      return 0;
    }
    double place = patch.smooth(x / 230 + 40, y / 230, z / 260) - 0.25;
    if (place <= 0) {
      return 0;
    }
    double reach = probe.firstOfPair ? 58 : 30;
    return Math.min(1, place * 9) * 0.42 * bump(probe.clearance / reach);
  }

  /** How likely a vesicle is at a place. */
  double vesicleDensity(double x, double y, double z, Cells.Probe probe) {
    double own = cell.uniform(probe.siteX, probe.siteY, probe.siteZ, 2);
    double cluster = patch.smooth(x / 300 + 90, y / 300, z / 420) + (own > 0.45 ? 0.4 : -0.4);
    return Math.max(0, Math.min(0.75, 2.2 * cluster));
  }

  /**
   * The brightness with an organelle.
   *
   * @param depth distance below its surface, nm; a little negative just outside
   * @param around the brightness without it
   */
  double organelle(Body body, double depth, double x, double y, double z, double around) {
    return switch (body.kind()) {
      case MITOCHONDRION -> mitochondrion(body, depth, x, y, z, around);
      case DENSE_BODY -> denseBody(depth, x, y, z, around);
      case MULTIVESICULAR_BODY -> multivesicularBody(depth, x, y, z, around);
    };
  }

  private double mitochondrion(
      Body body, double depth, double x, double y, double z, double around) {
    double value = around;
    if (depth > 0) {
      value = MATRIX + 0.05 * fine.smooth(x / 20, y / 20, z / 30);
      value += 0.02 * coarse.smooth(x / 110, y / 110, z / 110);
    }
    if (depth > 16) {
      value -= Math.min(1, (depth - 16) / 8) * cristae(body, x, y, z);
    } else if (depth > 8) {
      value += 0.05;
    }
    double walls = Math.max(bump((depth - 4) / 9), 0.75 * bump((depth - 20) / 8));
    return Math.min(value, MATRIX + 0.08 - 0.32 * walls + (around - MATRIX) * outside(depth));
  }

  private static double outside(double depth) {
    return depth >= 4 ? 0 : Math.min(1, (4 - depth) / 8);
  }

  /** Folds of the inner membrane: bent, interrupted dark lamellae. */
  private double cristae(Body body, double x, double y, double z) {
    double across = (x - body.x()[0]) * body.foldX();
    across += (y - body.y()[0]) * body.foldY();
    across += (z - body.z()[0]) * body.foldZ();
    across = across / 44 + 1.1 * fold.smooth(x / 150, y / 150, z / 220);
    double phase = Math.abs(across - Math.floor(across) - 0.5) * 2;
    double strength = 0.75 + 0.7 * fold.smooth(x / 85 + 50, y / 85, z / 140);
    return 0.19 * Math.max(0.15, Math.min(1, strength)) * bump((1 - phase) / 0.62);
  }

  private double denseBody(double depth, double x, double y, double z, double around) {
    if (depth <= 0) {
      return around;
    }
    double value = 0.36 + 0.08 * fine.smooth(x / 26, y / 26, z / 26);
    double edge = Math.min(1, depth / 12);
    return around + edge * (value - around) - 0.08 * bump((depth - 6) / 7);
  }

  private double multivesicularBody(double depth, double x, double y, double z, double around) {
    if (depth <= -6) {
      return around;
    }
    double spots = fine.smooth(x / 19 + 7, y / 19, z / 19);
    double value = depth > 10 ? 0.58 - 0.3 * Math.max(0, spots - 0.05) : around;
    return value - 0.33 * bump((depth - 3) / 9);
  }
}
