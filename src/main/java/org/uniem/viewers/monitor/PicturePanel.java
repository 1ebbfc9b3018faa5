package org.uniem.viewers.monitor;

import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import javax.swing.JComponent;
import javax.swing.UIManager;

/** Shows the parts of a preview side by side, or a sentence. Event dispatch thread only. */
final class PicturePanel extends JComponent {

  private static final long serialVersionUID = 1L;

  private transient List<Preview.Part> parts = List.of();
  private String text = "";

  PicturePanel() {
    setOpaque(true);
    updateUI();
    int em = getFont().getSize();
    setPreferredSize(new Dimension(80 * em, 26 * em));
    setMinimumSize(new Dimension(20 * em, 8 * em));
  }

  @Override
  public void updateUI() {
    setFont(UIManager.getFont("Label.font"));
  }

  void show(List<Preview.Part> pictures) {
    parts = pictures;
    repaint();
  }

  void show(String sentence) {
    parts = List.of();
    text = sentence;
    repaint();
  }

  @Override
  protected void paintComponent(Graphics target) {
    Graphics2D g = (Graphics2D) target.create();
    try {
      draw(g, getWidth(), getHeight(), PlotPanel.colours());
    } finally {
      g.dispose();
    }
  }

  private void draw(Graphics2D g, int width, int height, PlotColours colours) {
    g.setColor(colours.background());
    g.fillRect(0, 0, width, height);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    FontMetrics metrics = g.getFontMetrics();
    if (parts.isEmpty()) {
      g.setColor(colours.faint());
      g.drawString(text, (width - metrics.stringWidth(text)) / 2, height / 2);
      return;
    }
    int gap = metrics.getHeight();
    int caption = metrics.getHeight() + gap / 2;
    int cellWidth = (width - gap * (parts.size() + 1)) / parts.size();
    int cellHeight = height - caption - gap;
    Preview.Part first = parts.get(0);
    double scale =
        Math.min(
            (double) cellWidth / first.picture().getWidth(),
            (double) cellHeight / first.picture().getHeight());
    if (scale <= 0) {
      return;
    }
    // Enlarged, each pixel is seen as the network sees it; reduced, none is dropped.
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        scale * g.getTransform().getScaleX() > 1
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int w = (int) (scale * first.picture().getWidth());
    int h = (int) (scale * first.picture().getHeight());
    int left = (width - parts.size() * w - (parts.size() - 1) * gap) / 2;
    for (Preview.Part part : parts) {
      g.drawImage(part.picture(), left, caption, w, h, null);
      g.setColor(colours.grid());
      g.drawRect(left - 1, caption - 1, w + 1, h + 1);
      g.setColor(colours.text());
      g.drawString(part.name(), left, caption - gap / 3);
      left += w + gap;
    }
  }
}
