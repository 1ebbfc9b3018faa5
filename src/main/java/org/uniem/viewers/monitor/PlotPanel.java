package org.uniem.viewers.monitor;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import javax.swing.JComponent;
import javax.swing.UIManager;

/** Shows a plot, and the values under the mouse. Event dispatch thread only. */
final class PlotPanel extends JComponent {

  private static final long serialVersionUID = 1L;

  private transient CurvePlot plot;
  private double pointer = Double.NaN;

  PlotPanel(CurvePlot plot) {
    this.plot = plot;
    setOpaque(true);
    updateUI();
    int em = getFont().getSize();
    setPreferredSize(new Dimension(40 * em, 22 * em));
    setMinimumSize(new Dimension(16 * em, 10 * em));
    MouseAdapter mouse =
        new MouseAdapter() {
          @Override
          public void mouseMoved(MouseEvent e) {
            pointer = e.getX();
            repaint();
          }

          @Override
          public void mouseExited(MouseEvent e) {
            pointer = Double.NaN;
            repaint();
          }
        };
    addMouseListener(mouse);
    addMouseMotionListener(mouse);
  }

  @Override
  public void updateUI() {
    setFont(UIManager.getFont("Label.font"));
  }

  void show(CurvePlot next) {
    plot = next;
    repaint();
  }

  @Override
  protected void paintComponent(Graphics g) {
    plot.draw((Graphics2D) g, getWidth(), getHeight(), colours(), pointer);
  }

  /** The colours of the look and feel in use. */
  static PlotColours colours() {
    Color background = UIManager.getColor("TextField.background");
    Color text = UIManager.getColor("TextField.foreground");
    // A look and feel need not name them.
    return background == null || text == null
        ? PlotColours.LIGHT
        : PlotColours.of(new Color(background.getRGB()), new Color(text.getRGB()));
  }
}
