package org.uniem.fiji.bdv;

import java.util.Set;
import net.imglib2.display.ColorConverter;
import net.imglib2.type.numeric.ARGBType;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.viewers.LabelColours;
import org.uniem.viewers.VolumeLayer;

/**
 * Turns the values of a layer into colours; the brightness dialog of BigDataViewer sets its range.
 *
 * <p>An opaque colour adds to what is beneath it, a transparent one covers it ({@link
 * BlendedLayers}). Thread-safe.
 */
final class LayerColours implements ColorConverter {

  private static final int LABEL_ALPHA = 110;
  private static final int BRIGHT_ALPHA = 200;
  private static final int FAINT_ALPHA = 45;
  private static final int PROBABILITY_ALPHA = 170;

  private final VolumeLayer.Kind kind;
  private volatile double min;
  private volatile double max;
  private volatile int colour;
  private volatile Set<Long> bright = Set.of();

  LayerColours(VolumeLayer layer, ContrastRange range) {
    kind = layer.kind();
    colour = 0xff000000 | layer.colour();
    min = range.low();
    max = range.high();
  }

  /** The colour of a value of an image or probability map. */
  int ofValue(double value) {
    double share = Math.max(0, Math.min(1, (value - min) / (max - min)));
    int rgb = colour;
    if (kind == VolumeLayer.Kind.PROBABILITY) {
      return (int) Math.round(PROBABILITY_ALPHA * share) << 24 | rgb & 0xffffff;
    }
    return ARGBType.rgba(
        ARGBType.red(rgb) * share, ARGBType.green(rgb) * share, ARGBType.blue(rgb) * share, 255);
  }

  /** The colour of an id; a larger end of the range makes it fainter, as it does with images. */
  int ofId(long id) {
    if (id == 0) {
      return 0;
    }
    Set<Long> shown = bright;
    int alpha = shown.isEmpty() ? LABEL_ALPHA : shown.contains(id) ? BRIGHT_ALPHA : FAINT_ALPHA;
    double share = 1 / Math.max(1, max);
    return (int) Math.round(alpha * share) << 24 | LabelColours.of(id);
  }

  void highlight(Set<Long> ids) {
    bright = Set.copyOf(ids);
  }

  Set<Long> highlighted() {
    return bright;
  }

  @Override
  public double getMin() {
    return min;
  }

  @Override
  public double getMax() {
    return max;
  }

  @Override
  public void setMin(double value) {
    min = value;
  }

  @Override
  public void setMax(double value) {
    max = value;
  }

  @Override
  public ARGBType getColor() {
    return new ARGBType(colour);
  }

  @Override
  public void setColor(ARGBType value) {
    colour = value.get();
  }

  @Override
  public boolean supportsColor() {
    return kind != VolumeLayer.Kind.LABELS;
  }
}
