package org.uniem.viewers.monitor;

import java.awt.BorderLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.SwingUtilities;
import org.uniem.job.UniemException;

/**
 * Shows one preview at a time, chosen by its step; at the end of the slider always the newest. Only
 * the one shown is in memory. Event dispatch thread only.
 */
final class PreviewPanel extends JPanel {

  private static final long serialVersionUID = 1L;

  private final transient Consumer<Runnable> background;
  private final PicturePanel picture = new PicturePanel();
  private final JSlider slider = new JSlider(0, 0, 0);
  private final JLabel step = new JLabel(" ");
  private transient List<Preview> previews = List.of();
  private transient volatile Optional<Preview> shown = Optional.empty();
  private boolean updating;

  /**
   * @param background runs what must not hold up the window, one after the other
   */
  PreviewPanel(Consumer<Runnable> background) {
    super(new BorderLayout());
    this.background = background;
    picture.show("Previews come with the validations");
    slider.setEnabled(false);
    slider.setToolTipText("Step of the preview; at its end always the newest");
    slider.addChangeListener(e -> moved());
    JPanel south = new JPanel(new BorderLayout(8, 0));
    south.setBorder(BorderFactory.createEmptyBorder(2, 8, 2, 8));
    south.add(new JLabel("Preview"), BorderLayout.WEST);
    south.add(slider, BorderLayout.CENTER);
    south.add(step, BorderLayout.EAST);
    add(picture, BorderLayout.CENTER);
    add(south, BorderLayout.SOUTH);
  }

  void show(List<Preview> next) {
    if (next.equals(previews)) {
      return;
    }
    boolean newest = slider.getValue() >= previews.size() - 1;
    previews = next;
    updating = true;
    slider.setMaximum(Math.max(0, next.size() - 1));
    if (newest) {
      slider.setValue(slider.getMaximum());
    }
    slider.setEnabled(next.size() > 1);
    updating = false;
    load();
  }

  private void moved() {
    if (!updating) {
      load();
    }
  }

  private void load() {
    if (previews.isEmpty()) {
      shown = Optional.empty();
      picture.show("Previews come with the validations");
      step.setText(" ");
      return;
    }
    int index = Math.min(slider.getValue(), previews.size() - 1);
    Preview wanted = previews.get(index);
    step.setText(
        "step "
            + StatusLine.count(wanted.step())
            + (index == previews.size() - 1 ? " (newest)" : ""));
    if (shown.equals(Optional.of(wanted))) {
      return;
    }
    shown = Optional.of(wanted);
    background.accept(() -> load(wanted));
  }

  /** Not on the event dispatch thread. */
  private void load(Preview wanted) {
    if (!shown.equals(Optional.of(wanted))) {
      // The slider has moved on.
      return;
    }
    try {
      List<Preview.Part> parts = wanted.load();
      SwingUtilities.invokeLater(() -> ifWanted(wanted, () -> picture.show(parts)));
    } catch (UniemException e) {
      SwingUtilities.invokeLater(() -> ifWanted(wanted, () -> picture.show(e.getMessage())));
    }
  }

  private void ifWanted(Preview loaded, Runnable action) {
    if (shown.equals(Optional.of(loaded))) {
      action.run();
    }
  }
}
