package org.uniem.viewers.imagej;

import ij.IJ;
import ij.ImageListener;
import ij.ImagePlus;
import ij.gui.ImageCanvas;
import java.awt.Rectangle;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.LabelColours;
import org.uniem.viewers.Pick;
import org.uniem.viewers.VolumeLayer;
import org.uniem.viewers.VolumeView;

/** One virtual stack with overlays. */
final class ImageJVolumeView implements VolumeView {

  private static final int LABEL_ALPHA = 100;
  private static final int BRIGHT_ALPHA = 190;
  private static final int FAINT_ALPHA = 40;

  private final List<VolumeLayer> layers;
  private final Map<String, LiveOverlay> overlays = new LinkedHashMap<>();
  private final Map<String, Set<Long>> highlights = new HashMap<>();
  private final List<Consumer<Pick>> pickers = new ArrayList<>();
  private final List<Consumer<Pick>> hoverers = new ArrayList<>();
  private final List<Runnable> closeActions = new ArrayList<>();
  private final ImageListener listener = new Closing();
  private final ImagePlus window;
  private boolean open = true;

  /** Called on the event dispatch thread. */
  ImageJVolumeView(String title, List<VolumeLayer> given) {
    layers = new ArrayList<>(given);
    VolumeLayer lowest = layers.get(0);
    window = Slices.of(lowest.voxels()).image(title, lowest.voxelSize());
    ImagePlus.addImageListener(listener);
    window.show();
    for (VolumeLayer layer : layers.subList(1, layers.size())) {
      if (layer.kind() != VolumeLayer.Kind.IMAGE) {
        String name = layer.name();
        overlays.put(name, new LiveOverlay(window, z -> picture(layerOf(name), z)));
      }
    }
    LiveOverlay.show(window, overlays.values());
    ImageCanvas canvas = window.getCanvas();
    MouseAdapter mouse = new Mouse();
    canvas.addMouseListener(mouse);
    canvas.addMouseMotionListener(mouse);
  }

  private VolumeLayer layerOf(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no layer " + name + "."));
  }

  private Optional<VolumeLayer> find(String name) {
    return layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
  }

  private BufferedImage picture(VolumeLayer layer, int z) {
    float[] values = Slices.of(layer.voxels()).read(z);
    Set<Long> bright = highlights.getOrDefault(layer.name(), Set.of());
    int[] pixels = new int[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          layer.kind() == VolumeLayer.Kind.LABELS
              ? label((long) values[i], bright)
              : probability(values[i] / layer.fullScale(), layer.colour());
    }
    BufferedImage picture =
        new BufferedImage(window.getWidth(), window.getHeight(), BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, window.getWidth(), window.getHeight(), pixels, 0, window.getWidth());
    return picture;
  }

  private static int label(long id, Set<Long> bright) {
    if (id == 0) {
      return 0;
    }
    int alpha = bright.isEmpty() ? LABEL_ALPHA : bright.contains(id) ? BRIGHT_ALPHA : FAINT_ALPHA;
    return alpha << 24 | LabelColours.of(id);
  }

  private static int probability(double share, int colour) {
    return (int) Math.round(160 * Math.max(0, Math.min(1, share))) << 24 | colour;
  }

  private Pick pickAt(MouseEvent event) {
    ImageCanvas canvas = window.getCanvas();
    long x = clamp(canvas.offScreenX(event.getX()), window.getWidth());
    long y = clamp(canvas.offScreenY(event.getY()), window.getHeight());
    long z = window.getCurrentSlice() - 1L;
    Map<String, Number> values = new LinkedHashMap<>();
    for (VolumeLayer layer : layers) {
      double value = layer.voxels().getAt(x, y, z).getRealDouble();
      if (layer.kind() == VolumeLayer.Kind.LABELS) {
        values.put(layer.name(), (long) value);
      } else {
        values.put(layer.name(), value);
      }
    }
    return new Pick(x, y, z, values);
  }

  private static long clamp(int position, int size) {
    return Math.max(0, Math.min(size - 1, position));
  }

  @Override
  public void onPick(Consumer<Pick> added) {
    pickers.add(added);
  }

  @Override
  public void onHover(Consumer<Pick> added) {
    hoverers.add(added);
  }

  @Override
  public void highlight(String layer, Set<Long> ids) {
    layerOf(layer);
    EventThread.run(
        () -> {
          highlights.put(layer, Set.copyOf(ids));
          refresh();
        });
  }

  @Override
  public Set<Long> highlighted(String layer) {
    return EventThread.get(() -> highlights.getOrDefault(layer, Set.of()));
  }

  @Override
  public void replace(VolumeLayer layer) {
    EventThread.run(
        () -> {
          VolumeLayer earlier = layerOf(layer.name());
          layers.set(layers.indexOf(earlier), layer);
          if (layers.get(0) == layer) {
            window.setStack(Slices.of(layer.voxels()));
          }
          refresh();
          earlier.owner().run();
        });
  }

  @Override
  public void refresh() {
    EventThread.run(
        () -> {
          overlays.values().forEach(LiveOverlay::forget);
          window.updateAndRepaintWindow();
        });
  }

  @Override
  public void centre(long x, long y, long z) {
    EventThread.run(
        () -> {
          window.setSlice((int) z + 1);
          ImageCanvas canvas = window.getCanvas();
          double zoom = canvas.getMagnification();
          Rectangle part = canvas.getSrcRect();
          part.x = (int) Math.max(0, Math.min(x - part.width / 2, window.getWidth() - part.width));
          part.y =
              (int) Math.max(0, Math.min(y - part.height / 2, window.getHeight() - part.height));
          canvas.setSourceRect(part);
          canvas.setMagnification(zoom);
          window.updateAndDraw();
        });
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
            closed();
            window.changes = false;
            window.close();
          }
        });
  }

  private void closed() {
    open = false;
    ImagePlus.removeImageListener(listener);
    window.setOverlay(null);
    layers.forEach(layer -> layer.owner().run());
    closeActions.forEach(Runnable::run);
  }

  private final class Mouse extends MouseAdapter {

    @Override
    public void mouseMoved(MouseEvent event) {
      Pick pick = pickAt(event);
      IJ.showStatus(pick.toString());
      hoverers.forEach(hoverer -> hoverer.accept(pick));
    }

    @Override
    public void mouseClicked(MouseEvent event) {
      Pick pick = pickAt(event);
      for (VolumeLayer layer : layers) {
        if (layer.kind() == VolumeLayer.Kind.LABELS) {
          long id = pick.values().get(layer.name()).longValue();
          highlight(layer.name(), id == 0 ? Set.of() : Set.of(id));
        }
      }
      pickers.forEach(picker -> picker.accept(pick));
    }
  }

  private final class Closing implements ImageListener {

    @Override
    public void imageOpened(ImagePlus image) {}

    @Override
    public void imageUpdated(ImagePlus image) {}

    @Override
    public void imageClosed(ImagePlus image) {
      if (image == window && open) {
        closed();
      }
    }
  }
}
