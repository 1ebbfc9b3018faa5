package org.uniem.postprocess.agglomeration;

import java.util.Arrays;
import org.uniem.job.ResourceException;

/**
 * What is known of each edge of a region graph, in columns that grow.
 *
 * <p>Sums are whole multiples of 2⁻³⁰, so features of parts add up to those of the whole in any
 * order, to the last bit; up to 2³³ samples fit. Not thread-safe.
 */
final class EdgeFeatures {

  private static final double ONE = 1 << 30;

  private final int bins;
  private long[] contacts = new long[16];
  private long[] samples = new long[16];
  private long[] sums = new long[16];
  private float[] smallest = new float[16];
  private float[] largest = new float[16];
  private long[] histograms;
  private int count;

  EdgeFeatures(int bins) {
    this.bins = bins;
    this.histograms = new long[16 * bins];
  }

  int count() {
    return count;
  }

  int bins() {
    return bins;
  }

  /** Adds an edge of which nothing is known; returns its number. */
  int add() {
    if (count == contacts.length) {
      resize(Math.toIntExact(count * 2L));
    }
    smallest[count] = Float.POSITIVE_INFINITY;
    largest[count] = Float.NEGATIVE_INFINITY;
    return count++;
  }

  private void resize(int capacity) {
    if ((long) capacity * bins > Integer.MAX_VALUE - 8) {
      throw new ResourceException(
          "The region graph has more than "
              + count
              + " regions and contacts, too many for histograms of "
              + bins
              + " bins each. Score by the mean instead of a quantile, or make larger regions.");
    }
    contacts = Arrays.copyOf(contacts, capacity);
    samples = Arrays.copyOf(samples, capacity);
    sums = Arrays.copyOf(sums, capacity);
    smallest = Arrays.copyOf(smallest, capacity);
    largest = Arrays.copyOf(largest, capacity);
    histograms = Arrays.copyOf(histograms, Math.multiplyExact(capacity, bins));
  }

  void addContacts(int edge, long number) {
    contacts[edge] += number;
  }

  void addSample(int edge, float probability) {
    samples[edge]++;
    sums[edge] += Math.round(probability * ONE);
    smallest[edge] = Math.min(smallest[edge], probability);
    largest[edge] = Math.max(largest[edge], probability);
    if (bins > 0) {
      histograms[edge * bins + Math.min(bins - 1, (int) (probability * bins))]++;
    }
  }

  /** Adds what is known of an edge, of this or another graph with as many bins, to one of this. */
  void absorb(int edge, EdgeFeatures other, int otherEdge) {
    contacts[edge] += other.contacts[otherEdge];
    samples[edge] += other.samples[otherEdge];
    sums[edge] += other.sums[otherEdge];
    smallest[edge] = Math.min(smallest[edge], other.smallest[otherEdge]);
    largest[edge] = Math.max(largest[edge], other.largest[otherEdge]);
    for (int bin = 0; bin < bins; bin++) {
      histograms[edge * bins + bin] += other.histograms[otherEdge * bins + bin];
    }
  }

  /** A copy of some edges in a given order. */
  EdgeFeatures select(int[] edges) {
    EdgeFeatures selected = new EdgeFeatures(bins);
    selected.resize(Math.max(1, edges.length));
    for (int edge : edges) {
      selected.absorb(selected.add(), this, edge);
    }
    return selected;
  }

  long contacts(int edge) {
    return contacts[edge];
  }

  long samples(int edge) {
    return samples[edge];
  }

  float smallest(int edge) {
    return smallest[edge];
  }

  float largest(int edge) {
    return largest[edge];
  }

  double mean(int edge) {
    return sums[edge] / ONE / samples[edge];
  }

  /** The value below which a share of the samples lies, linear within a bin of the histogram. */
  double quantile(int edge, double share) {
    double wanted = share * samples[edge];
    long below = 0;
    for (int bin = 0; bin < bins; bin++) {
      long inBin = histograms[edge * bins + bin];
      if (inBin > 0 && below + inBin >= wanted) {
        return (bin + (wanted - below) / inBin) / bins;
      }
      below += inBin;
    }
    return 1;
  }
}
