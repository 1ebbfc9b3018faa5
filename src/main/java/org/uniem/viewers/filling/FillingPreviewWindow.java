package org.uniem.viewers.filling;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/**
 * A window that shows how objects grow, from the first picture on until it is closed.
 *
 * <p>Event dispatch thread only. It is no image window, so that commands do not take it for the
 * active image. Closed, it leaves no thread.
 */
public final class FillingPreviewWindow extends JFrame {

  private static final long serialVersionUID = 1L;
  private static final long MILLIS_BETWEEN_LOOKS = 1000;
  private static final int SMALLEST = 400;

  private final transient PreviewFollower follower;
  private final transient ScheduledThreadPoolExecutor looks;
  private final Sections sections = new Sections();
  private final JLabel caption =
      new JLabel("xy, zy and xz where the network looks; white: the object that grows");
  private boolean shown;

  /**
   * Begins to look; the window appears with the first picture.
   *
   * @param folder of the subvolumes; need not exist yet
   */
  public FillingPreviewWindow(Path folder) {
    follower = new PreviewFollower(folder);
    setTitle("Growing objects: " + folder.getFileName());
    setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    setContentPane(content());
    looks =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "uniem-filling-preview");
              thread.setDaemon(true);
              return thread;
            });
    addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent e) {
            end();
          }
        });
    looks.scheduleWithFixedDelay(this::look, 0, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
  }

  private JComponent content() {
    JComponent content = new JPanel(new BorderLayout());
    caption.setBorder(BorderFactory.createEmptyBorder(4, 8, 4, 8));
    content.add(sections, BorderLayout.CENTER);
    content.add(caption, BorderLayout.SOUTH);
    return content;
  }

  /** Closes the window and ends its thread, also if it never appeared. */
  public void end() {
    if (!looks.isShutdown()) {
      looks.execute(this::stopAsking);
      looks.shutdown();
      dispose();
    }
  }

  private void look() {
    String problem;
    try {
      Optional<BufferedImage> picture = follower.look();
      picture.ifPresent(found -> SwingUtilities.invokeLater(() -> show(found)));
      return;
    } catch (IOException | RuntimeException e) {
      // Thrown on, it would end the looks without a word.
      problem = e.getMessage();
    }
    SwingUtilities.invokeLater(() -> caption.setText("No picture this time: " + problem));
  }

  private void stopAsking() {
    try {
      follower.close();
    } catch (IOException e) {
      // The filling removes the file itself when it ends.
      SwingUtilities.invokeLater(() -> caption.setText(e.getMessage()));
    }
  }

  private void show(BufferedImage picture) {
    sections.picture = picture;
    sections.repaint();
    if (!shown && !looks.isShutdown()) {
      shown = true;
      sections.fit(picture);
      pack();
      setLocationByPlatform(true);
      // Whoever works in another window goes on there.
      setAutoRequestFocus(false);
      setVisible(true);
    }
  }

  /** Shows the picture as large as there is room, without distortion. */
  private static final class Sections extends JComponent {

    private static final long serialVersionUID = 1L;

    private transient BufferedImage picture;

    void fit(BufferedImage first) {
      int scale = Math.max(1, SMALLEST / Math.max(first.getWidth(), first.getHeight()));
      setPreferredSize(new Dimension(scale * first.getWidth(), scale * first.getHeight()));
    }

    @Override
    protected void paintComponent(Graphics target) {
      if (picture == null) {
        return;
      }
      double scale =
          Math.min(
              (double) getWidth() / picture.getWidth(), (double) getHeight() / picture.getHeight());
      int width = (int) (scale * picture.getWidth());
      int height = (int) (scale * picture.getHeight());
      Graphics2D g = (Graphics2D) target.create();
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      g.drawImage(
          picture, (getWidth() - width) / 2, (getHeight() - height) / 2, width, height, null);
      g.dispose();
    }
  }
}
