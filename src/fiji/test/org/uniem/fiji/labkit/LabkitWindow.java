package org.uniem.fiji.labkit;

import bdv.viewer.ViewerPanel;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import javax.swing.AbstractButton;
import net.imglib2.realtransform.AffineTransform3D;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.prefs.PrefService;
import org.scijava.ui.UIService;
import org.uniem.fiji.Screen;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import sc.fiji.labkit.ui.segmentation.SegmentationPluginService;

/** A Labkit window of a test over a small phantom, and where its parts are on the screen. */
final class LabkitWindow implements AutoCloseable {

  private final Context context;
  private final LabkitPainting painting;

  private LabkitWindow(Context context, LabkitPainting painting) {
    this.context = context;
    this.painting = painting;
  }

  static Context context() {
    return new Context(
        SegmentationPluginService.class, PrefService.class, CommandService.class, UIService.class);
  }

  /** Opens the phantom; labels start empty. */
  static LabkitWindow open(Context context, Path folder, String classes) {
    Volume images = Volumes.open(folder.resolve("images.tif"));
    PaintedLabels labels =
        PaintedLabels.empty(images, LabelKey.parse(classes), folder.resolve("painted.tif"));
    return open(context, images, labels);
  }

  static LabkitWindow open(Context context, Volume images, PaintedLabels labels) {
    LabkitPainter painter = new LabkitPainter();
    context.inject(painter);
    LabkitPainting painting = (LabkitPainting) painter.open(images, labels);
    Screen.await("the window", 20, () -> painting.frame().isShowing());
    Screen.settle();
    return new LabkitWindow(context, painting);
  }

  Context ownContext() {
    return context;
  }

  LabkitPainting painting() {
    return painting;
  }

  /** Where a voxel of the slice shown is on the screen. */
  Point place(double x, double y) {
    ViewerPanel viewer = viewer();
    AffineTransform3D transform = viewer.state().getViewerTransform();
    double[] at = {x * 8, y * 8, 0};
    transform.apply(at, at);
    Point corner = viewer.getDisplay().getLocationOnScreen();
    return new Point(corner.x + (int) Math.round(at[0]), corner.y + (int) Math.round(at[1]));
  }

  /** The slice shown. */
  long slice() {
    double[] centre = {
      viewer().getDisplay().getWidth() / 2.0, viewer().getDisplay().getHeight() / 2.0, 0
    };
    viewer().state().getViewerTransform().applyInverse(centre, centre);
    return Math.round(centre[2] / 30);
  }

  ViewerPanel viewer() {
    return (ViewerPanel) find(painting.frame(), part -> part instanceof ViewerPanel);
  }

  /** The middle of a button whose text or tool tip contains some words. */
  Point button(String words) {
    Component found =
        find(
            painting.frame(),
            part ->
                part instanceof AbstractButton button
                    && part.isShowing()
                    && (contains(button.getText(), words)
                        || contains(button.getToolTipText(), words)));
    return EventThread.get(
        () -> {
          Point corner = found.getLocationOnScreen();
          return new Point(corner.x + found.getWidth() / 2, corner.y + found.getHeight() / 2);
        });
  }

  private static boolean contains(String text, String words) {
    return text != null && text.contains(words);
  }

  static Component find(Container container, Predicate<Component> wanted) {
    return search(container, wanted).orElseThrow();
  }

  private static Optional<Component> search(Container container, Predicate<Component> wanted) {
    for (Component part : container.getComponents()) {
      if (wanted.test(part)) {
        return Optional.of(part);
      }
      if (part instanceof Container inner) {
        Optional<Component> found = search(inner, wanted);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    painting.close();
  }
}
