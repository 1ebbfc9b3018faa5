package org.uniem.volumes.phantom;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Places organelles inside one cell profile so that they touch neither membrane nor each other. */
final class BodyPlanner {

  /** Between an organelle and the cell's boundary, nm. */
  private static final double GAP = 26;

  /** Of a mitochondrion, nm. */
  private static final double LEAST_RADIUS = 58;

  private static final double STEP = 25;

  private static final double FAR = 260;

  private final Cells cells;
  private final HashNoise chance;
  private final double mitochondria;
  private final Cells.Probe probe = new Cells.Probe();

  /**
   * @param cells where the cells are
   * @param seed of the phantom
   * @param mitochondria share of profiles that hold a mitochondrion where there is room
   */
  BodyPlanner(Cells cells, long seed, double mitochondria) {
    this.cells = cells;
    this.chance = new HashNoise(seed, "organelles");
    this.mitochondria = mitochondria;
  }

  /** All organelles of a cell, mitochondria first. */
  List<Body> plan(long siteX, long siteY, long siteZ) {
    Site site = new Site(siteX, siteY, siteZ);
    List<Body> bodies = new ArrayList<>();
    boolean wide = cells.isWide(siteX, siteY, siteZ);
    int attempts = wide ? 6 : 2;
    for (int attempt = 0; attempt < attempts; attempt++) {
      if (site.uniform(10 + attempt) < mitochondria) {
        growMitochondrion(site, wide, 1000 * (attempt + 1), bodies);
      }
    }
    if (site.uniform(1) < (wide ? 0.4 : 0.16)) {
      addRoundBody(site, bodies);
    }
    return bodies;
  }

  private final class Site {
    final long x;
    final long y;
    final long z;

    Site(long x, long y, long z) {
      this.x = x;
      this.y = y;
      this.z = z;
    }

    double uniform(int number) {
      return chance.uniform(x, y, z, number);
    }

    double symmetric(int number) {
      return 2 * uniform(number) - 1;
    }

    /** Distance to the boundary, negative outside of this cell. */
    double clearance(double[] place) {
      cells.find(place[0], place[1], place[2], FAR, probe);
      boolean owned = probe.siteX == x && probe.siteY == y && probe.siteZ == z;
      return owned ? probe.clearance : -probe.clearance;
    }

    /** The roomiest of some random places; several numbers are drawn from {@code first} on. */
    double[] roomyPlace(int first, double spread) {
      double[] centre = cells.centre(x, y, z);
      double[] best = centre;
      double most = clearance(centre);
      for (int i = 0; i < 40; i++) {
        double[] place = {
          centre[0] + spread * symmetric(first + 3 * i),
          centre[1] + spread * symmetric(first + 3 * i + 1),
          centre[2] + 2 * spread * symmetric(first + 3 * i + 2)
        };
        double room = clearance(place);
        if (room > most) {
          most = room;
          best = place;
        }
      }
      return best;
    }
  }

  private void growMitochondrion(Site site, boolean wide, int first, List<Body> bodies) {
    double radius = 104 + 66 * site.uniform(first + 500);
    double[] start = site.roomyPlace(first, wide ? 350 : 180);
    double room = roomFor(site, start, radius, bodies);
    if (room < LEAST_RADIUS + 12) {
      return;
    }
    double[] axis = axis(site, wide, first);
    double half = 160 + 340 * site.uniform(first + 501);
    List<double[]> balls = new ArrayList<>();
    balls.add(new double[] {start[0], start[1], start[2], room});
    grow(site, balls, axis, half, radius, bodies);
    Collections.reverse(balls);
    grow(site, balls, new double[] {-axis[0], -axis[1], -axis[2]}, half, radius, bodies);
    balls.replaceAll(ball -> fitted(site, ball));
    trim(balls);
    if (balls.size() < 3) {
      return;
    }
    double[] fold = {
      site.symmetric(first + 505), site.symmetric(first + 506), 0.5 * site.symmetric(first + 507)
    };
    double along = 0.8 * (fold[0] * axis[0] + fold[1] * axis[1] + fold[2] * axis[2]);
    for (int d = 0; d < 3; d++) {
      fold[d] -= along * axis[d];
    }
    bodies.add(body(Body.Kind.MITOCHONDRION, balls, normalized(fold)));
  }

  /**
   * The ball, smaller if its surface comes too near to the membrane: the cells are warped, so the
   * clearance of its centre says too little.
   */
  private static double[] fitted(Site site, double[] ball) {
    double radius = ball[3];
    for (int i = 0; i < 27; i++) {
      int[] d = {i % 3 - 1, i / 3 % 3 - 1, i / 9 - 1};
      double length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
      if (length > 0) {
        double scale = ball[3] / length;
        double[] place = {ball[0] + scale * d[0], ball[1] + scale * d[1], ball[2] + scale * d[2]};
        radius = Math.min(radius, ball[3] - (GAP - site.clearance(place)));
      }
    }
    return new double[] {ball[0], ball[1], ball[2], Math.max(radius, 20)};
  }

  /** Takes thin ends off, and all beyond a thin place. */
  private static void trim(List<double[]> balls) {
    int middle = 0;
    for (int i = 1; i < balls.size(); i++) {
      middle = balls.get(i)[3] > balls.get(middle)[3] ? i : middle;
    }
    int last = middle;
    while (last + 1 < balls.size() && balls.get(last + 1)[3] >= LEAST_RADIUS) {
      last++;
    }
    int first = middle;
    while (first > 0 && balls.get(first - 1)[3] >= LEAST_RADIUS) {
      first--;
    }
    balls.subList(last + 1, balls.size()).clear();
    balls.subList(0, first).clear();
    if (balls.get(middle - first)[3] < LEAST_RADIUS) {
      balls.clear();
    }
  }

  private static double[] axis(Site site, boolean wide, int first) {
    double[] axis = {
      site.symmetric(first + 502), site.symmetric(first + 503), site.symmetric(first + 504)
    };
    if (!wide) {
      axis[2] = axis[2] < 0 ? axis[2] - 1 : axis[2] + 1;
    }
    return normalized(axis);
  }

  /** Lengthens a tube from its last ball, turning to where there is room. */
  private void grow(
      Site site,
      List<double[]> balls,
      double[] axis,
      double length,
      double radius,
      List<Body> bodies) {
    double[] direction = axis.clone();
    for (double grown = 0; grown < length; grown += STEP) {
      double[] last = balls.get(balls.size() - 1);
      double[] place = roomiestAhead(site, last, direction);
      double room = Math.min(roomFor(site, place, radius, bodies), last[3] + 6);
      if (room < LEAST_RADIUS || room < last[3] - 12) {
        return;
      }
      double[] step = {place[0] - last[0], place[1] - last[1], place[2] - last[2]};
      for (int d = 0; d < 3; d++) {
        direction[d] = 0.75 * direction[d] + 0.25 * step[d] / STEP;
      }
      direction = normalized(direction);
      balls.add(new double[] {place[0], place[1], place[2], room});
    }
  }

  private static double[] roomiestAhead(Site site, double[] last, double[] direction) {
    double[] best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (int side = 0; side < 7; side++) {
      double[] place = new double[3];
      for (int d = 0; d < 3; d++) {
        double aside = side > 0 && (side - 1) / 2 == d ? (side % 2 == 0 ? 9 : -9) : 0;
        place[d] = last[d] + STEP * direction[d] + aside;
      }
      double room = site.clearance(place);
      if (room > most) {
        most = room;
        best = place;
      }
    }
    return best;
  }

  /** The largest radius up to {@code wanted} that a ball can have at a place. */
  private static double roomFor(Site site, double[] place, double wanted, List<Body> bodies) {
    double room = Math.min(wanted, site.clearance(place) - GAP);
    for (Body body : bodies) {
      room = Math.min(room, body.distance(place[0], place[1], place[2]) - 2 * GAP);
    }
    return room;
  }

  private void addRoundBody(Site site, List<Body> bodies) {
    double radius = 50 + 45 * site.uniform(2);
    double[] centre = cells.centre(site.x, site.y, site.z);
    double[] place = {
      centre[0] + 200 * site.symmetric(3),
      centre[1] + 200 * site.symmetric(4),
      centre[2] + 400 * site.symmetric(5)
    };
    double room = roomFor(site, place, radius, bodies);
    if (room > 45) {
      Body.Kind kind = site.uniform(6) < 0.5 ? Body.Kind.DENSE_BODY : Body.Kind.MULTIVESICULAR_BODY;
      List<double[]> ball = List.of(new double[] {place[0], place[1], place[2], room});
      bodies.add(body(kind, ball, new double[] {1, 0, 0}));
    }
  }

  private static Body body(Body.Kind kind, List<double[]> balls, double[] fold) {
    double[][] columns = new double[4][balls.size()];
    for (int i = 0; i < balls.size(); i++) {
      for (int column = 0; column < 4; column++) {
        columns[column][i] = balls.get(i)[column];
      }
    }
    return new Body(
        kind, 0, columns[0], columns[1], columns[2], columns[3], fold[0], fold[1], fold[2]);
  }

  private static double[] normalized(double[] v) {
    double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) + 1e-9;
    return new double[] {v[0] / length, v[1] / length, v[2] / length};
  }
}
