package org.uniem.viewers.imagej;

import java.awt.GraphicsEnvironment;
import java.util.Optional;
import org.scijava.plugin.Plugin;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.LabelPainter;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.Volume;

/** Paints with ImageJ's brush into a label stack over which the image shines. */
@Plugin(type = LabelPainter.class)
public final class ImageJLabelPainter implements LabelPainter {

  @Override
  public String title() {
    return "ImageJ";
  }

  @Override
  public Optional<String> missing() {
    return noDisplay();
  }

  static Optional<String> noDisplay() {
    return GraphicsEnvironment.isHeadless()
        ? Optional.of("No window can be opened without a display: start Fiji without --headless.")
        : Optional.empty();
  }

  @Override
  public Painting open(Volume images, PaintedLabels labels) {
    try {
      return EventThread.get(() -> new ImageJPainting(images, labels));
    } catch (RuntimeException | Error e) {
      images.close();
      throw e;
    }
  }
}
