package org.uniem.viewers.imagej;

import ij.IJ;
import ij.ImageListener;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Toolbar;
import ij.plugin.tool.BrushTool;
import java.awt.Color;
import java.awt.FlowLayout;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.WindowConstants;
import org.uniem.job.Job;
import org.uniem.job.UniemException;
import org.uniem.viewers.AtExit;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.LabelColours;
import org.uniem.viewers.LabelPainter.Painting;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;

/** A label stack in ImageJ's own window, with buttons for the classes beside it. */
final class ImageJPainting implements Painting {

  private static final float IMAGE_OPACITY = 0.6f;

  private final Volume images;
  private final PaintedLabels labels;
  private final ImageStack painted;
  private final ImagePlus window;
  private final JFrame classes = new JFrame("Classes");
  private final List<Runnable> closeActions = new ArrayList<>();
  private final ImageListener listener = new Closing();
  private final AtExit saveAtExit;
  private int savedHash;
  private boolean open = true;

  /** Called on the event dispatch thread. */
  ImageJPainting(Volume images, PaintedLabels labels) {
    this.images = images;
    this.labels = labels;
    painted = stack();
    window = new ImagePlus("Labels of " + images.name(), painted);
    window.setIgnoreFlush(true); // The pixels are saved after the window has closed.
    window.setCalibration(Slices.calibration(labels.voxelSize()));
    savedHash = hash();
    Slices slices = Slices.of(images.channel(0));
    ImagePlus beneath = slices.image(images.name(), labels.voxelSize());
    beneath.resetDisplayRange();
    ImagePlus.addImageListener(listener);
    window.show();
    double low = beneath.getDisplayRangeMin();
    double high = beneath.getDisplayRangeMax();
    LiveOverlay.show(
        window, List.of(new LiveOverlay(window, z -> shine(slices.read(z), low, high))));
    showClasses();
    saveAtExit = new AtExit(this::saveIfModified);
  }

  private ImageStack stack() {
    long[] size = labels.dimensions();
    int width = Math.toIntExact(size[0]);
    int height = Math.toIntExact(size[1]);
    ImageStack stack = new ImageStack(width, height, colours());
    for (long z = 0; z < size[2]; z++) {
      byte[] slice = new byte[width * height];
      labels.read(z, slice);
      stack.addSlice(images.sliceName(z), slice);
    }
    return stack;
  }

  private IndexColorModel colours() {
    byte[][] rgb = new byte[3][256];
    for (int value = 0; value < labels.key().classNames().size(); value++) {
      int colour = LabelColours.of(value + 1L);
      for (int c = 0; c < 3; c++) {
        rgb[c][value] = (byte) (colour >> 16 - 8 * c);
      }
    }
    return new IndexColorModel(8, 256, rgb[0], rgb[1], rgb[2]);
  }

  private BufferedImage shine(float[] values, double low, double high) {
    long[] size = labels.dimensions();
    BufferedImage picture =
        new BufferedImage((int) size[0], (int) size[1], BufferedImage.TYPE_INT_ARGB);
    int[] pixels = new int[values.length];
    int alpha = Math.round(255 * IMAGE_OPACITY) << 24;
    for (int i = 0; i < pixels.length; i++) {
      int grey = (int) Math.max(0, Math.min(255, 255 * (values[i] - low) / (high - low)));
      pixels[i] = alpha | grey << 16 | grey << 8 | grey;
    }
    picture.setRGB(0, 0, (int) size[0], (int) size[1], pixels, 0, (int) size[0]);
    return picture;
  }

  private void showClasses() {
    classes.setLayout(new FlowLayout());
    List<String> names = labels.key().classNames();
    for (int value = 0; value < names.size(); value++) {
      addClass(names.get(value), new Color(LabelColours.of(value + 1L)));
    }
    addClass("unpainted", Color.BLACK);
    JButton save = new JButton("Save");
    save.addActionListener(event -> saveShowingFailure());
    classes.add(save);
    classes.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
    classes.pack();
    classes.setLocation(
        window.getWindow().getX(), window.getWindow().getY() + window.getWindow().getHeight());
    classes.setVisible(true);
    window.getWindow().toFront();
  }

  private void addClass(String name, Color colour) {
    JButton button = new JButton(name);
    button.setForeground(colour.equals(Color.BLACK) ? Color.BLACK : colour.darker());
    button.setToolTipText("Paint " + name + " with ImageJ's brush");
    button.addActionListener(
        event -> {
          if (Toolbar.getInstance() != null) {
            new BrushTool().run("");
          }
          Toolbar.setForegroundColor(colour);
        });
    classes.add(button);
  }

  private void saveShowingFailure() {
    try {
      save();
      IJ.showStatus("Saved " + labels.output());
    } catch (UniemException e) {
      IJ.error("Paint Labels", e.getMessage());
    }
  }

  @Override
  public void save() {
    int now = hash();
    try (Job job = Job.silent()) {
      labels.save(
          (z, target) -> {
            byte[] slice = (byte[]) painted.getPixels((int) z + 1);
            for (int i = 0; i < slice.length; i++) {
              int value = slice[i] & 255;
              target[i] = value < labels.key().classNames().size() ? value : LabelKey.UNPAINTED;
            }
          },
          job);
    }
    savedHash = now;
    window.changes = false;
  }

  /** The window has gone already: the user decides what becomes of what cannot be saved. */
  private void saveOrDiscard() {
    while (isModified()) {
      try {
        save();
      } catch (UniemException e) {
        boolean again =
            IJ.showMessageWithCancel(
                "Paint Labels",
                e.getMessage() + "\nOK tries again, Cancel discards what was painted.");
        if (!again) {
          return;
        }
      }
    }
  }

  private void saveIfModified() {
    if (isModified()) {
      save();
    }
  }

  private int hash() {
    int hash = 0;
    for (Object slice : painted.getImageArray()) {
      hash = 31 * hash + (slice == null ? 0 : Arrays.hashCode((byte[]) slice));
    }
    return hash;
  }

  @Override
  public boolean isModified() {
    return hash() != savedHash;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void onClose(Runnable action) {
    closeActions.add(action);
  }

  @Override
  public void close() {
    EventThread.run(
        () -> {
          if (open) {
            saveIfModified();
            closed();
            window.changes = false;
            window.close();
          }
        });
  }

  private void closed() {
    open = false;
    ImagePlus.removeImageListener(listener);
    classes.dispose();
    saveOrDiscard();
    saveAtExit.close();
    window.setOverlay(null);
    images.close();
    closeActions.forEach(Runnable::run);
  }

  /** Painted labels are saved when their window closes: they exist nowhere else. */
  private final class Closing implements ImageListener {

    @Override
    public void imageOpened(ImagePlus image) {}

    @Override
    public void imageUpdated(ImagePlus image) {
      if (image == window) {
        window.changes = false; // ImageJ would ask to save them elsewhere.
      }
    }

    @Override
    public void imageClosed(ImagePlus image) {
      if (image == window && open) {
        closed();
      }
    }
  }
}
