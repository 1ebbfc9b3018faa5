package org.uniem.fiji.bdv;

import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Optional;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.job.BadParameterException;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.VolumeLayer;
import org.uniem.viewers.VolumeView;
import org.uniem.viewers.VolumeViewer;

/** Shows volumes in BigDataViewer, also those that are larger than memory. */
@Plugin(type = VolumeViewer.class, priority = Priority.HIGH)
public final class BdvVolumeViewer implements VolumeViewer {

  @Override
  public String title() {
    return "BigDataViewer";
  }

  @Override
  public Optional<String> missing() {
    return GraphicsEnvironment.isHeadless()
        ? Optional.of("BigDataViewer needs a display: start Fiji without --headless.")
        : Optional.empty();
  }

  @Override
  public VolumeView open(String title, List<VolumeLayer> layers) {
    if (layers.isEmpty()) {
      throw new BadParameterException("There is nothing to show: give at least one volume.");
    }
    List<ContrastRange> contrasts;
    try {
      contrasts = layers.stream().map(ContrastRange::of).toList();
    } catch (RuntimeException e) {
      layers.forEach(layer -> layer.owner().run());
      throw e;
    }
    try {
      return EventThread.get(() -> new BdvVolumeView(title, layers, contrasts));
    } catch (RuntimeException | Error e) {
      layers.forEach(layer -> layer.owner().run());
      throw e;
    }
  }
}
