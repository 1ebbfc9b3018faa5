package org.uniem.viewers.imagej;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Overlay;
import ij.gui.Roi;
import java.awt.Graphics;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.function.IntFunction;

/** A picture over an image that is made anew for each slice, only when it is shown. */
final class LiveOverlay extends Roi {

  private static final long serialVersionUID = 1;

  private final transient IntFunction<BufferedImage> pictures;
  private transient BufferedImage picture;
  private int shown = -1;

  /**
   * @param pictures the picture of a slice, from 0; as large as the image
   */
  LiveOverlay(ImagePlus image, IntFunction<BufferedImage> pictures) {
    super(0, 0, image.getWidth(), image.getHeight());
    this.pictures = pictures;
  }

  /** Puts overlays over an image, the first one lowest. */
  static void show(ImagePlus image, Iterable<LiveOverlay> overlays) {
    Overlay all = new Overlay();
    overlays.forEach(all::add);
    all.selectable(false);
    image.setOverlay(all);
  }

  /** Makes the picture anew when it is next shown. */
  void forget() {
    shown = -1;
  }

  @Override
  public void drawOverlay(Graphics g) {
    draw(g);
  }

  @Override
  public void draw(Graphics g) {
    ImagePlus image = getImage();
    ImageCanvas canvas = image == null ? null : image.getCanvas();
    if (canvas == null) {
      return;
    }
    int z = image.getCurrentSlice() - 1;
    if (z != shown) {
      picture = pictures.apply(z);
      shown = z;
    }
    Rectangle source = canvas.getSrcRect();
    double zoom = canvas.getMagnification();
    g.drawImage(
        picture,
        0,
        0,
        (int) (source.width * zoom),
        (int) (source.height * zoom),
        source.x,
        source.y,
        source.x + source.width,
        source.y + source.height,
        null);
  }
}
