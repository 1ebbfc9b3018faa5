package org.uniem.floodfilling.agglomeration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uniem.floodfilling.scene.VoxelPosition;

/**
 * The nearest places of each pair of objects, gathered in two passes over all places where they
 * touch, in any order: how near they are and the centroid of the nearest places, then the place
 * nearest to that. Not thread-safe.
 */
final class PairContacts {

  private static final class Contact {

    private double distance = Double.POSITIVE_INFINITY;
    private long count;
    private final long[] sums = new long[3];
    private double fromCentroid = Double.POSITIVE_INFINITY;
    private long x;
    private long y;
    private long z;

    void add(double other, long places, long sumX, long sumY, long sumZ) {
      if (other > distance) {
        return;
      }
      if (other < distance) {
        distance = other;
        count = 0;
        sums[0] = 0;
        sums[1] = 0;
        sums[2] = 0;
      }
      count += places;
      sums[0] += sumX;
      sums[1] += sumY;
      sums[2] += sumZ;
    }

    double fromCentroid(long atX, long atY, long atZ) {
      double dx = atX - (double) sums[0] / count;
      double dy = atY - (double) sums[1] / count;
      double dz = atZ - (double) sums[2] / count;
      return dx * dx + dy * dy + dz * dz;
    }

    void choose(double from, long atX, long atY, long atZ) {
      if (from < fromCentroid || from == fromCentroid && isBefore(atX, atY, atZ)) {
        fromCentroid = from;
        x = atX;
        y = atY;
        z = atZ;
      }
    }

    private boolean isBefore(long atX, long atY, long atZ) {
      if (atZ != z) {
        return atZ < z;
      }
      return atY != y ? atY < y : atX < x;
    }
  }

  private final Map<Long, Contact> contacts = new HashMap<>();

  // Most places are of the same pair as the one before.
  private long lastPair = -1;
  private Contact last = new Contact();

  private static long pair(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private Contact contact(int a, int b) {
    long pair = pair(a, b);
    if (pair != lastPair) {
      last = contacts.computeIfAbsent(pair, key -> new Contact());
      lastPair = pair;
    }
    return last;
  }

  /** First pass: takes note of a place. */
  void measure(int a, int b, double distance, long x, long y, long z) {
    contact(a, b).add(distance, 1, x, y, z);
  }

  /** Takes over what others have measured. */
  void measureAll(PairContacts others) {
    others.contacts.forEach(
        (pair, other) ->
            contacts
                .computeIfAbsent(pair, key -> new Contact())
                .add(other.distance, other.count, other.sums[0], other.sums[1], other.sums[2]));
  }

  /**
   * Second pass: takes note of a place.
   *
   * @param all what the first pass has measured in all; only read
   */
  void choose(PairContacts all, int a, int b, double distance, long x, long y, long z) {
    Contact measured = all.contacts.get(pair(a, b));
    if (distance == measured.distance) {
      contact(a, b).choose(measured.fromCentroid(x, y, z), x, y, z);
    }
  }

  /** Takes over what others have chosen. */
  void chooseAll(PairContacts others) {
    others.contacts.forEach(
        (pair, other) -> contacts.get(pair).choose(other.fromCentroid, other.x, other.y, other.z));
  }

  /** The pairs, nearest first, then by their ids. */
  List<DecisionPoint> points() {
    List<DecisionPoint> points = new ArrayList<>();
    contacts.forEach(
        (pair, contact) ->
            points.add(
                new DecisionPoint(
                    pair >> 32,
                    pair & 0xFFFFFFFFL,
                    contact.distance,
                    new VoxelPosition(contact.x, contact.y, contact.z))));
    points.sort(
        Comparator.comparingDouble(DecisionPoint::distance)
            .thenComparingLong(DecisionPoint::a)
            .thenComparingLong(DecisionPoint::b));
    return points;
  }
}
