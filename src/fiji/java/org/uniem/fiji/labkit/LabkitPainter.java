package org.uniem.fiji.labkit;

import java.awt.GraphicsEnvironment;
import java.util.Optional;
import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.LabelPainter;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.Volume;
import sc.fiji.labkit.ui.labeling.Labeling;

/** Paints in a window of Labkit. */
@Plugin(type = LabelPainter.class, priority = Priority.HIGH)
public final class LabkitPainter implements LabelPainter {

  @Parameter private Context context;

  @Override
  public String title() {
    return "Labkit";
  }

  @Override
  public Optional<String> missing() {
    return GraphicsEnvironment.isHeadless()
        ? Optional.of("Labkit needs a display: start Fiji without --headless.")
        : Optional.empty();
  }

  @Override
  public Painting open(Volume images, PaintedLabels labels) {
    try {
      ContrastRange contrast = ContrastRange.ofData(images.channel(0));
      Labeling labeling = ClassLabeling.of(labels);
      return EventThread.get(() -> new LabkitPainting(context, images, labels, labeling, contrast));
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }
}
