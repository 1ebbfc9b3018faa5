package org.uniem.viewers.monitor;

import java.awt.Color;
import java.util.List;

/**
 * The colours of plots that go with a window's. Immutable and thread-safe.
 *
 * @param background of the plot
 * @param text of labels
 * @param faint of secondary labels
 * @param grid of lines behind the curves
 * @param lines of the curves, told apart by colour-blind people too
 */
record PlotColours(Color background, Color text, Color faint, Color grid, List<Color> lines) {

  /** For paper. */
  static final PlotColours LIGHT = of(Color.WHITE, new Color(0x24292f));

  private static final double DARK = 0.45;

  /** Colours that are readable on a background. */
  static PlotColours of(Color background, Color text) {
    boolean dark = luminance(background) < DARK;
    return new PlotColours(
        background,
        text,
        mix(text, background, 0.62),
        mix(text, background, dark ? 0.17 : 0.12),
        dark
            ? List.of(new Color(0x58b8e8), new Color(0xf5a05a), new Color(0x74c98f))
            : List.of(new Color(0x0b6e99), new Color(0xc2571a), new Color(0x2f7d4f)));
  }

  /** The colour of the n-th curve. */
  Color line(int n) {
    return lines.get(n % lines.size());
  }

  /** A colour for how a training stands. */
  Color of(Phase phase) {
    boolean dark = luminance(background) < DARK;
    return switch (phase) {
      case RUNNING -> new Color(dark ? 0x5fc77e : 0x1f883d);
      case ENDED -> line(0);
      case FAILED, KILLED -> new Color(dark ? 0xff7b72 : 0xc62828);
      case STALLED, CANCELLED -> new Color(dark ? 0xe3b341 : 0xa06a00);
      case WAITING -> faint;
    };
  }

  static Color transparent(Color colour, double opacity) {
    return new Color(
        colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * opacity));
  }

  private static Color mix(Color a, Color b, double shareOfA) {
    return new Color(
        (int) Math.round(shareOfA * a.getRed() + (1 - shareOfA) * b.getRed()),
        (int) Math.round(shareOfA * a.getGreen() + (1 - shareOfA) * b.getGreen()),
        (int) Math.round(shareOfA * a.getBlue() + (1 - shareOfA) * b.getBlue()));
  }

  private static double luminance(Color colour) {
    return (0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue()) / 255;
  }
}
