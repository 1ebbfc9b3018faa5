package org.uniem.fiji.bdv;

import bdv.viewer.OverlayRenderer;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics;
import java.util.Locale;
import java.util.Map;
import org.uniem.viewers.Pick;

/** Writes the voxel under the mouse and its values at the lower edge of the window. */
final class PickLine implements OverlayRenderer {

  private static final int MARGIN = 6;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Color SHADE = new Color(0, 0, 0, 160);

  private volatile Pick pick;
  private volatile int height;

  /** The voxel under the mouse, from now on. */
  void show(Pick shown) {
    pick = shown;
  }

  /** What is written, empty before the mouse was in the window. */
  String text() {
    Pick shown = pick;
    if (shown == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("x ").append(shown.x());
    text.append("  y ").append(shown.y());
    text.append("  z ").append(shown.z());
    for (Map.Entry<String, Number> value : shown.values().entrySet()) {
      text.append("   ").append(value.getKey()).append(": ").append(format(value.getValue()));
    }
    return text.toString();
  }

  private static String format(Number value) {
    double number = value.doubleValue();
    return value instanceof Long || number == Math.rint(number)
        ? String.valueOf(value.longValue())
        : String.format(Locale.ROOT, "%.2f", number);
  }

  @Override
  public void drawOverlays(Graphics g) {
    String text = text();
    if (text.isEmpty()) {
      return;
    }
    g.setFont(FONT);
    int width = g.getFontMetrics().stringWidth(text);
    int line = g.getFontMetrics().getHeight();
    g.setColor(SHADE);
    g.fillRect(0, height - line - 2 * MARGIN, width + 2 * MARGIN, line + 2 * MARGIN);
    g.setColor(Color.WHITE);
    g.drawString(text, MARGIN, height - MARGIN - g.getFontMetrics().getDescent());
  }

  @Override
  public void setCanvasSize(int canvasWidth, int canvasHeight) {
    height = canvasHeight;
  }
}
