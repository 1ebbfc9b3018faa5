package org.uniem.fiji.bdv;

import bdv.viewer.ViewerPanel;
import java.awt.EventQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.imglib2.RealPoint;
import net.imglib2.type.numeric.RealType;
import org.uniem.fiji.voxels.CachedVoxels;
import org.uniem.viewers.Pick;
import org.uniem.viewers.VolumeLayer;

/** Reads the voxels under a place on the screen, on a thread of its own: a slice may take time. */
final class PointedVoxel {

  private record Request(RealPoint place, Consumer<Pick> receiver) {}

  private final ViewerPanel viewer;
  private final Supplier<List<VolumeLayer>> layers;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "uniem-pointed-voxel");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicReference<Request> latest = new AtomicReference<>();

  PointedVoxel(ViewerPanel viewer, Supplier<List<VolumeLayer>> layers) {
    this.viewer = viewer;
    this.layers = layers;
  }

  /** Reads at a pixel of the window, unless a later such request comes before. */
  void hover(int x, int y, Consumer<Pick> receiver) {
    if (latest.getAndSet(new Request(place(x, y), receiver)) == null) {
      submit(
          () -> {
            Request request = latest.getAndSet(null);
            read(request.place(), request.receiver());
          });
    }
  }

  /** Reads at a pixel of the window. */
  void pick(int x, int y, Consumer<Pick> receiver) {
    RealPoint place = place(x, y);
    submit(() -> read(place, receiver));
  }

  private void submit(Runnable task) {
    try {
      reader.execute(task);
    } catch (RejectedExecutionException e) {
      latest.set(null); // The window was closed.
    }
  }

  private RealPoint place(int x, int y) {
    RealPoint place = new RealPoint(3);
    viewer.displayToGlobalCoordinates(x, y, place);
    return place;
  }

  private void read(RealPoint place, Consumer<Pick> receiver) {
    List<VolumeLayer> all = layers.get();
    long[] first = voxel(all.get(0), place);
    Map<String, Number> values = new LinkedHashMap<>();
    for (VolumeLayer layer : all) {
      long[] at = voxel(layer, place);
      if (isInside(layer, at)) {
        values.put(layer.name(), value(layer, layer.voxels().getAt(at)));
      }
    }
    Pick pick = new Pick(first[0], first[1], first[2], values);
    EventQueue.invokeLater(() -> receiver.accept(pick));
  }

  private static long[] voxel(VolumeLayer layer, RealPoint place) {
    return new long[] {
      Math.round(place.getDoublePosition(0) / layer.voxelSize().x()),
      Math.round(place.getDoublePosition(1) / layer.voxelSize().y()),
      Math.round(place.getDoublePosition(2) / layer.voxelSize().zOr(layer.voxelSize().x()))
    };
  }

  private static boolean isInside(VolumeLayer layer, long[] at) {
    for (int d = 0; d < at.length; d++) {
      if (at[d] < 0 || at[d] >= layer.voxels().dimension(d)) {
        return false;
      }
    }
    return true;
  }

  private static Number value(VolumeLayer layer, RealType<?> value) {
    return switch (layer.kind()) {
      case LABELS -> CachedVoxels.idOf(value);
      case PROBABILITY -> value.getRealDouble() / layer.fullScale();
      case IMAGE -> value.getRealDouble();
    };
  }

  /** Ends the thread. */
  void close() {
    reader.shutdownNow();
  }
}
