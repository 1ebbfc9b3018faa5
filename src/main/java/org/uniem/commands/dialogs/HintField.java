package org.uniem.commands.dialogs;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.RenderingHints;
import javax.swing.JTextField;

/** A field that says in grey, while it is empty, what no value means. */
public final class HintField extends JTextField {

  private static final long serialVersionUID = 1;
  private static final int COLUMNS = 18;

  private final String hint;

  /**
   * @param text at first
   * @param hint what no value means
   */
  public HintField(String text, String hint) {
    super(text, COLUMNS);
    this.hint = hint;
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    super.paintComponent(graphics);
    if (!getText().isEmpty()) {
      return;
    }
    Graphics2D painter = (Graphics2D) graphics.create();
    painter.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Color text = getDisabledTextColor();
    painter.setColor(text == null ? Color.GRAY : text);
    painter.setFont(getFont());
    Insets insets = getInsets();
    FontMetrics metrics = painter.getFontMetrics();
    int line = (getHeight() - metrics.getHeight()) / 2 + metrics.getAscent();
    painter.clipRect(insets.left, 0, getWidth() - insets.left - insets.right, getHeight());
    painter.drawString(hint, insets.left, line);
    painter.dispose();
  }
}
