package org.uniem.viewers.imagej;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scijava.plugin.Plugin;
import org.uniem.job.BadInputException;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.VolumeLayer;
import org.uniem.viewers.VolumeView;
import org.uniem.viewers.VolumeViewer;

/** Shows the lowest layer as a virtual ImageJ stack and the others as overlays. */
@Plugin(type = VolumeViewer.class)
public final class ImageJVolumeViewer implements VolumeViewer {

  @Override
  public String title() {
    return "ImageJ";
  }

  @Override
  public Optional<String> missing() {
    return ImageJLabelPainter.noDisplay();
  }

  @Override
  public VolumeView open(String title, List<VolumeLayer> layers) {
    long[] size = layers.get(0).voxels().dimensionsAsLongArray();
    for (VolumeLayer layer : layers) {
      if (!Arrays.equals(size, layer.voxels().dimensionsAsLongArray())) {
        layers.forEach(each -> each.owner().run());
        throw new BadInputException(
            layer.name()
                + " has another size than "
                + layers.get(0).name()
                + ": install BigDataViewer, which shows volumes of different sizes together.");
      }
    }
    try {
      return EventThread.get(() -> new ImageJVolumeView(title, layers));
    } catch (RuntimeException | Error e) {
      layers.forEach(layer -> layer.owner().run());
      throw e;
    }
  }
}
