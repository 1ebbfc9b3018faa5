package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/**
 * What training minimises: a sum of one or more {@link Term}s, written {@code "logistic+dice"}.
 *
 * <p>With {@link #ignoringUnknown} a negative target has no influence either, in its map alone; the
 * means then run over what is known.
 *
 * <p>Symbols: z logits [n, h, w, k]; t targets 0 or 1 of the same shape; p = sigmoid(z); o = 2p − 1
 * and τ = 2t − 1, both in −1 … 1; w weights [n, h, w], 0 where a pixel is unlabelled. A mean runs
 * over labelled pixels and maps: Σ w·ℓ / Σ w·1. Unlabelled pixels thus have no influence.
 * Immutable.
 */
public final class Loss {

  private static final float EPSILON = 1e-7f;

  private final List<Term> terms;
  private final boolean ignoresUnknown;

  private Loss(List<Term> terms, boolean ignoresUnknown) {
    this.terms = terms;
    this.ignoresUnknown = ignoresUnknown;
  }

  /**
   * The same loss for targets that may be unknown, −1, in some maps of a pixel.
   *
   * @throws BadParameterException for softmax, whose maps belong together
   */
  public Loss ignoringUnknown() {
    if (exclusive()) {
      throw new BadParameterException(
          "loss=softmax is for classes that exclude each other, affinities do not: give logistic,"
              + " dice or logistic+dice.");
    }
    return new Loss(terms, true);
  }

  /** The losses, one formula each. */
  public enum Term {
    /** mean (τ − o)². UNI-EM's "square", the papers' standard. */
    LEAST_SQUARE("least-square") {
      @Override
      Operand<TFloat32> build(Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Mask mask) {
        Operand<TFloat32> difference = tf.math.sub(signed(tf, t), signed(tf, tf.math.sigmoid(z)));
        return mask.mean(tf.math.square(difference));
      }
    },
    /**
     * mean max(0, 1 − τ·o). With |o| ≤ 1 and |τ| = 1 this equals mean |τ − o|, which is what
     * UNI-EM's "hinge" computes.
     */
    HINGE("hinge") {
      @Override
      Operand<TFloat32> build(Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Mask mask) {
        Operand<TFloat32> product = tf.math.mul(signed(tf, t), signed(tf, tf.math.sigmoid(z)));
        return mask.mean(tf.nn.relu(tf.math.sub(tf.constant(1f), product)));
      }
    },
    /**
     * mean −ln q, q = the softmax of z over the maps at the true class: cross-entropy per class.
     * (UNI-EM takes it over red, green and blue, which is nearly constant for grey targets.) Needs
     * one map per class.
     */
    SOFTMAX("softmax") {
      @Override
      Operand<TFloat32> build(Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Mask mask) {
        // As a matrix: TensorFlow's C++ gradient of logSoftmax is wrong for more than two axes.
        Operand<TInt32> matrix = tf.constant(new int[] {-1, mask.maps});
        Operand<TFloat32> entropy =
            tf.nn
                .softmaxCrossEntropyWithLogits(tf.reshape(z, matrix), tf.reshape(t, matrix))
                .loss();
        return mask.meanPerPixel(entropy);
      }
    },
    /**
     * −mean [t·L(p) + (1 − t)·L(1 − p)], L(x) = (x − 1) − (x − 1)²/2, the second-order Taylor
     * polynomial of ln at 1: entropy for several labels that may overlap. UNI-EM's "approx".
     */
    MULTI_LABEL("multi-label") {
      @Override
      Operand<TFloat32> build(Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Mask mask) {
        Operand<TFloat32> one = tf.constant(1f);
        Operand<TFloat32> p = tf.math.sigmoid(z);
        Operand<TFloat32> positive = tf.math.mul(t, taylor(tf, p));
        Operand<TFloat32> negative =
            tf.math.mul(tf.math.sub(one, t), taylor(tf, tf.math.sub(one, p)));
        return tf.math.neg(mask.mean(tf.math.add(positive, negative)));
      }
    },
    /**
     * 1 − 2Σ w·p·t / (Σ w·p² + Σ w·t²), over all pixels and maps of the batch. Milletari et al.
     * 2016, doi 10.1109/3DV.2016.79. UNI-EM takes o and τ (−1 … 1) in place of p and t; with 0 … 1
     * background does not count as overlap.
     */
    DICE("dice") {
      @Override
      Operand<TFloat32> build(Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Mask mask) {
        Operand<TFloat32> p = tf.math.sigmoid(z);
        Operand<TFloat32> overlap = mask.sum(tf.math.mul(p, t));
        Operand<TFloat32> size = mask.sum(tf.math.add(tf.math.square(p), tf.math.square(t)));
        Operand<TFloat32> share =
            tf.math.div(
                tf.math.mul(tf.constant(2f), overlap), tf.math.add(size, tf.constant(EPSILON)));
        return tf.math.sub(tf.constant(1f), share);
      }
    },
    /** −mean [t·ln p + (1 − t)·ln(1 − p)], from the logits so that it never overflows. */
    LOGISTIC("logistic") {
      @Override
      Operand<TFloat32> build(Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Mask mask) {
        Operand<TFloat32> linear = tf.math.sub(tf.nn.relu(z), tf.math.mul(z, t));
        Operand<TFloat32> rest = tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(z))));
        return mask.mean(tf.math.add(linear, rest));
      }
    };

    private final String label;

    Term(String label) {
      this.label = label;
    }

    /** The name in commands, for example {@code "least-square"}. */
    public String label() {
      return label;
    }

    abstract Operand<TFloat32> build(Ops tf, Operand<TFloat32> z, Operand<TFloat32> t, Mask mask);

    private static Operand<TFloat32> signed(Ops tf, Operand<TFloat32> share) {
      return tf.math.sub(tf.math.mul(tf.constant(2f), share), tf.constant(1f));
    }

    private static Operand<TFloat32> taylor(Ops tf, Operand<TFloat32> x) {
      Operand<TFloat32> d = tf.math.sub(x, tf.constant(1f));
      return tf.math.sub(d, tf.math.mul(tf.constant(0.5f), tf.math.square(d)));
    }
  }

  /**
   * Reads a loss.
   *
   * @param text names joined by {@code +}, for example {@code "logistic+dice"}
   * @throws BadParameterException if a name is unknown or softmax is joined with others
   */
  public static Loss parse(String text) {
    List<Term> terms = new ArrayList<>();
    for (String name : text.split("\\+")) {
      terms.add(
          Arrays.stream(Term.values())
              .filter(term -> term.label().equals(name.trim()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadParameterException(
                          "loss="
                              + text
                              + ": "
                              + name.trim()
                              + " is unknown. "
                              + Spelling.suggest(name.trim(), labels())
                              + "Give one of "
                              + String.join(", ", labels())
                              + ", or several joined by +.")));
    }
    if (terms.size() > 1 && terms.contains(Term.SOFTMAX)) {
      throw new BadParameterException(
          "loss=" + text + ": softmax cannot be joined with others. Give softmax alone.");
    }
    return new Loss(List.copyOf(terms), false);
  }

  private static List<String> labels() {
    return Arrays.stream(Term.values()).map(Term::label).toList();
  }

  /** Whether the maps exclude each other, so that probabilities are the softmax of the logits. */
  public boolean exclusive() {
    return terms.contains(Term.SOFTMAX);
  }

  /**
   * Adds the loss to a graph.
   *
   * @param tf builds the operations
   * @param logits [n, h, w, k]
   * @param target 0 or 1, [n, h, w, k]; negative where unknown, if that is ignored
   * @param maps k
   * @param weight 0 where unlabelled, [n, h, w]
   * @return a single number
   */
  public Operand<TFloat32> build(
      Ops tf,
      Operand<TFloat32> logits,
      Operand<TFloat32> target,
      int maps,
      Operand<TFloat32> weight) {
    Mask mask = new Mask(tf, weight, maps);
    Operand<TFloat32> clean = target;
    if (ignoresUnknown) {
      Operand<TFloat32> known =
          tf.dtypes.cast(tf.math.greaterEqual(target, tf.constant(0f)), TFloat32.class);
      mask = new Mask(tf, weight, known, maps);
      clean = tf.nn.relu(target);
    }
    Operand<TFloat32> sum = null;
    for (Term term : terms) {
      Operand<TFloat32> value = term.build(tf, logits, clean, mask);
      sum = sum == null ? value : tf.math.add(sum, value);
    }
    return sum;
  }

  /** The names joined by {@code +}. */
  @Override
  public String toString() {
    return terms.stream().map(Term::label).collect(Collectors.joining("+"));
  }

  /** Sums and means over labelled pixels. */
  private static final class Mask {

    private final Ops tf;
    private final Operand<TFloat32> weight;
    private final Operand<TFloat32> pixels;
    private final int maps;

    Mask(Ops tf, Operand<TFloat32> weight, int maps) {
      this.tf = tf;
      this.weight = tf.expandDims(weight, tf.constant(3));
      this.pixels = tf.math.maximum(total(weight, 3), tf.constant(1f));
      this.maps = maps;
    }

    /** Counts what is known, map by map. */
    Mask(Ops tf, Operand<TFloat32> weight, Operand<TFloat32> known, int maps) {
      this.tf = tf;
      this.weight = tf.math.mul(tf.expandDims(weight, tf.constant(3)), known);
      this.pixels =
          tf.math.div(
              tf.math.maximum(total(this.weight, 4), tf.constant(1f)), tf.constant((float) maps));
      this.maps = maps;
    }

    Operand<TFloat32> sum(Operand<TFloat32> values) {
      return total(tf.math.mul(values, weight), 4);
    }

    Operand<TFloat32> mean(Operand<TFloat32> values) {
      return tf.math.div(sum(values), tf.math.mul(pixels, tf.constant((float) maps)));
    }

    /** Mean of one value per pixel, given as a vector. */
    Operand<TFloat32> meanPerPixel(Operand<TFloat32> values) {
      Operand<TFloat32> vector = tf.reshape(weight, tf.constant(new int[] {-1}));
      return tf.math.div(total(tf.math.mul(values, vector), 1), pixels);
    }

    private Operand<TFloat32> total(Operand<TFloat32> values, int axes) {
      int[] all = new int[axes];
      Arrays.setAll(all, i -> i);
      return tf.reduceSum(values, tf.constant(all), ReduceSum.keepDims(false));
    }
  }
}
