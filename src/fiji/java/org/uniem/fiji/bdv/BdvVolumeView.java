package org.uniem.fiji.bdv;

import bdv.cache.SharedQueue;
import bdv.util.Bdv;
import bdv.util.BdvHandle;
import bdv.util.BdvHandleFrame;
import bdv.util.BdvOptions;
import bdv.util.BdvStackSource;
import bdv.viewer.ViewerPanel;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.swing.JFrame;
import net.imglib2.realtransform.AffineTransform3D;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.viewers.EventThread;
import org.uniem.viewers.Pick;
import org.uniem.viewers.VolumeLayer;
import org.uniem.viewers.VolumeView;
import org.uniem.volumes.VoxelSize;

/** A window of BigDataViewer. */
final class BdvVolumeView implements VolumeView {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 700;

  private final Map<String, ShownLayer> layers = new LinkedHashMap<>();
  private final List<Consumer<Pick>> pickers = new ArrayList<>();
  private final List<Consumer<Pick>> hoverers = new ArrayList<>();
  private final List<Runnable> closeActions = new ArrayList<>();
  private final SharedQueue queue =
      new SharedQueue(Math.max(1, Runtime.getRuntime().availableProcessors()));
  private final PickLine line = new PickLine();
  private final BdvHandle handle;
  private final PointedVoxel pointed;
  private boolean open = true;

  /** Called on the event dispatch thread. */
  BdvVolumeView(String title, List<VolumeLayer> given, List<ContrastRange> contrasts) {
    long bytes = Runtime.getRuntime().maxMemory() / 4 / given.size();
    BdvOptions options =
        Bdv.options()
            .frameTitle(title)
            .preferredSize(WIDTH, HEIGHT)
            .accumulateProjectorFactory(new BlendedLayers());
    if (given.stream().allMatch(layer -> layer.voxels().dimension(2) == 1)) {
      options = options.is2D();
    }
    BdvHandle window = null;
    for (int i = 0; i < given.size(); i++) {
      ShownLayer shown = new ShownLayer(given.get(i), contrasts.get(i), queue, bytes);
      layers.put(given.get(i).name(), shown);
      BdvStackSource<?> source =
          shown.addTo(window == null ? options : options.addTo(window), contrasts.get(i));
      window = source.getBdvHandle();
    }
    handle = window;
    pointed = new PointedVoxel(handle.getViewerPanel(), this::shownLayers);
    listen();
  }

  private void listen() {
    ViewerPanel viewer = handle.getViewerPanel();
    viewer.getDisplay().overlays().add(line);
    MouseAdapter mouse = new Mouse();
    viewer.getDisplay().addHandler(mouse);
    frame()
        .addWindowListener(
            new WindowAdapter() {
              @Override
              public void windowClosed(WindowEvent event) {
                close();
              }
            });
  }

  JFrame frame() {
    return ((BdvHandleFrame) handle).getBigDataViewer().getViewerFrame();
  }

  BdvHandle handle() {
    return handle;
  }

  /** What is written about the voxel under the mouse. */
  String pickLine() {
    return line.text();
  }

  private List<VolumeLayer> shownLayers() {
    return EventThread.get(() -> layers.values().stream().map(ShownLayer::layer).toList());
  }

  private ShownLayer layer(String name) {
    ShownLayer layer = layers.get(name);
    if (layer == null) {
      throw new IllegalArgumentException(
          "There is no layer " + name + ": expected one of " + layers.keySet() + ".");
    }
    return layer;
  }

  private void hovered(Pick pick) {
    if (open) {
      line.show(pick);
      handle.getViewerPanel().getDisplay().repaint();
      hoverers.forEach(hoverer -> hoverer.accept(pick));
    }
  }

  private void picked(Pick pick) {
    if (!open) {
      return;
    }
    for (ShownLayer shown : layers.values()) {
      if (shown.layer().kind() == VolumeLayer.Kind.LABELS) {
        long id = pick.values().getOrDefault(shown.layer().name(), 0).longValue();
        shown.colours().highlight(id == 0 ? Set.of() : Set.of(id));
      }
    }
    handle.getViewerPanel().requestRepaint();
    pickers.forEach(picker -> picker.accept(pick));
  }

  @Override
  public void onPick(Consumer<Pick> listener) {
    EventThread.run(() -> pickers.add(listener));
  }

  @Override
  public void onHover(Consumer<Pick> listener) {
    EventThread.run(() -> hoverers.add(listener));
  }

  @Override
  public void highlight(String layer, Set<Long> ids) {
    EventThread.run(
        () -> {
          layer(layer).colours().highlight(ids);
          handle.getViewerPanel().requestRepaint();
        });
  }

  @Override
  public Set<Long> highlighted(String layer) {
    return EventThread.get(() -> layer(layer).colours().highlighted());
  }

  @Override
  public void replace(VolumeLayer layer) {
    EventThread.run(
        () -> {
          layer(layer.name()).exchange(layer);
          handle.getViewerPanel().requestRepaint();
        });
  }

  @Override
  public void refresh() {
    EventThread.run(
        () -> {
          layers.values().forEach(ShownLayer::refresh);
          handle.getViewerPanel().requestRepaint();
        });
  }

  @Override
  public void centre(long x, long y, long z) {
    EventThread.run(
        () -> {
          ViewerPanel viewer = handle.getViewerPanel();
          VoxelSize size = layers.values().iterator().next().layer().voxelSize();
          double[] place = {x * size.x(), y * size.y(), z * size.zOr(size.x())};
          AffineTransform3D transform = viewer.state().getViewerTransform();
          double[] now = new double[3];
          transform.apply(place, now);
          transform.translate(
              viewer.getDisplay().getWidth() / 2.0 - now[0],
              viewer.getDisplay().getHeight() / 2.0 - now[1],
              -now[2]);
          viewer.state().setViewerTransform(transform);
        });
  }

  @Override
  public boolean isOpen() {
    return EventThread.get(() -> open);
  }

  @Override
  public void onClose(Runnable action) {
    EventThread.run(() -> closeActions.add(action));
  }

  @Override
  public void close() {
    EventThread.run(
        () -> {
          if (open) {
            open = false;
            handle.close();
            pointed.close();
            queue.shutdown();
            layers.values().forEach(ShownLayer::close);
            closeActions.forEach(Runnable::run);
          }
        });
  }

  private final class Mouse extends MouseAdapter {

    @Override
    public void mouseMoved(MouseEvent event) {
      pointed.hover(event.getX(), event.getY(), BdvVolumeView.this::hovered);
    }

    @Override
    public void mouseClicked(MouseEvent event) {
      if (event.getButton() == MouseEvent.BUTTON1) {
        pointed.pick(event.getX(), event.getY(), BdvVolumeView.this::picked);
      }
    }
  }
}
