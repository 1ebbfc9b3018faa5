package org.uniem.fiji.bdv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bdv.viewer.ViewerPanel;
import java.awt.Color;
import java.awt.Point;
import java.awt.Robot;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.realtransform.AffineTransform3D;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.Test;
import org.uniem.fiji.Leaks;
import org.uniem.fiji.Screen;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.viewers.LabelColours;
import org.uniem.viewers.Pick;
import org.uniem.viewers.VolumeLayer;
import org.uniem.viewers.VolumeLayer.Kind;
import org.uniem.volumes.VoxelSize;

class BdvVolumeViewerTest {

  private static final int SIZE = 128;
  private static final int DEPTH = 24;
  private static final VoxelSize VOXEL = new VoxelSize(8, 8, 30, "nm");

  private final AtomicInteger closed = new AtomicInteger();

  /** Cells of 32 x 32 pixels: a noisy image, one id per cell, and the cells' insides as maps. */
  private List<VolumeLayer> layers() {
    Random random = new Random(7);
    byte[] grey = new byte[SIZE * SIZE * DEPTH];
    byte[] ids = new byte[grey.length];
    byte[] map = new byte[grey.length];
    for (int i = 0; i < grey.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE % SIZE;
      double radius = Math.hypot(x % 32 - 16, y % 32 - 16);
      boolean inside = radius < 12;
      grey[i] = (byte) ((inside ? 60 : 150) + random.nextInt(40));
      ids[i] = (byte) (inside ? 1 + x / 32 + 4 * (y / 32) : 0);
      map[i] = (byte) (radius < 6 ? 255 : 0);
    }
    return List.of(
        layer("EM", Kind.IMAGE, 0xffffff, grey),
        layer("mitochondria", Kind.PROBABILITY, 0xff8c00, map),
        layer("objects", Kind.LABELS, 0, ids));
  }

  private VolumeLayer layer(String name, Kind kind, int colour, byte[] voxels) {
    return new VolumeLayer(
        name,
        kind,
        ArrayImgs.unsignedBytes(voxels, SIZE, SIZE, DEPTH),
        VOXEL,
        colour,
        255,
        closed::incrementAndGet);
  }

  private static BdvVolumeView open(List<VolumeLayer> layers) {
    BdvVolumeView view = (BdvVolumeView) new BdvVolumeViewer().open("Phantom", layers);
    Screen.await("the window", 20, () -> view.frame().isShowing());
    Screen.settle();
    return view;
  }

  /** Where a voxel of the first layer is on the screen. */
  private static Point place(BdvVolumeView view, double x, double y, double z) {
    ViewerPanel viewer = view.handle().getViewerPanel();
    AffineTransform3D transform = viewer.state().getViewerTransform();
    double[] at = {x * VOXEL.x(), y * VOXEL.y(), z * VOXEL.z()};
    transform.apply(at, at);
    Point corner = viewer.getDisplay().getLocationOnScreen();
    return new Point(corner.x + (int) Math.round(at[0]), corner.y + (int) Math.round(at[1]));
  }

  @Test
  void voxelUnderTheMouseIsNamedAndAClickHighlightsItsObject() {
    Screen screen = new Screen();
    BdvVolumeView view = open(layers());
    try {
      view.centre(64, 64, 5);
      Screen.settle();
      screen.move(place(view, 48, 80, 5));
      Screen.await("the line", 10, () -> view.pickLine().contains("objects: 10"));
      assertTrue(view.pickLine().startsWith("x 48  y 80  z 5"), view.pickLine());
      assertTrue(view.pickLine().contains("mitochondria: 1"), view.pickLine());

      List<Pick> picks = new ArrayList<>();
      view.onPick(picks::add);
      screen.click(place(view, 48, 80, 5));
      Screen.await("the pick", 10, () -> !picks.isEmpty());
      assertEquals(10L, picks.get(0).values().get("objects"));
      assertEquals(Set.of(10L), view.highlighted("objects"));
      screen.save("bdv-picked", view.frame());

      screen.click(place(view, 32, 64, 5));
      Screen.await("no highlight", 10, () -> view.highlighted("objects").isEmpty());
      screen.save("bdv-layers", view.frame());
    } finally {
      view.close();
    }
  }

  /** The pixel on the screen has the colour that the layers blended come to. */
  @Test
  void objectsAreShownInTheirColourOverTheImage() throws Exception {
    Screen screen = new Screen();
    BdvVolumeView view = open(layers());
    try {
      view.centre(64, 64, 5);
      Screen.settle();
      Point place = place(view, 48, 72, 5);
      screen.move(new Point(place.x + 200, place.y));
      int wanted = LabelColours.of(10);
      Robot robot = new Robot();
      Screen.await(
          "the colour of object 10",
          10,
          () -> {
            Color seen = robot.getPixelColor(place.x, place.y);
            int grey = 255 - 110;
            return near(seen.getRed(), wanted >> 16 & 255, grey)
                && near(seen.getGreen(), wanted >> 8 & 255, grey)
                && near(seen.getBlue(), wanted & 255, grey);
          });
    } finally {
      view.close();
    }
  }

  /** A colour of opacity 110 over grey values of 0 to 255. */
  private static boolean near(int seen, int colour, int rest) {
    double least = colour * 110 / 255.0;
    return seen >= least - 3 && seen <= least + rest + 3;
  }

  @Test
  void closingFreesTheVolumesOnceAndTellsOnce() {
    Screen ignored = new Screen();
    BdvVolumeView view = open(layers());
    AtomicInteger told = new AtomicInteger();
    view.onClose(told::incrementAndGet);
    view.frame().dispatchEvent(new WindowEvent(view.frame(), WindowEvent.WINDOW_CLOSING));
    Screen.await("closed", 10, () -> !view.isOpen());
    view.close();
    assertEquals(3, closed.get());
    assertEquals(1, told.get());
    assertFalse(view.isOpen());
  }

  /** A volume of 64 GB, of which only the slices in view are read, each once. */
  @Test
  void ofALargeVolumeOnlyTheSlicesInViewAreLoaded() {
    Screen ignored = new Screen();
    Set<Long> read = ConcurrentHashMap.newKeySet();
    RandomAccessibleInterval<UnsignedByteType> large =
        Views.interval(
            new FunctionRandomAccessible<>(
                3,
                (place, value) -> {
                  read.add(place.getLongPosition(2));
                  value.set((int) (place.getLongPosition(0) & 255));
                },
                UnsignedByteType::new),
            new FinalInterval(4096, 4096, 4096));
    VolumeLayer layer = new VolumeLayer("large", Kind.IMAGE, large, VOXEL, 0xffffff, 255, () -> {});
    BdvVolumeView view = open(List.of(layer));
    try {
      Screen.await("a slice", 20, () -> read.size() >= 3);
      Screen.sleep(1000);
      assertTrue(read.size() <= 4, "slices read: " + read);
    } finally {
      view.close();
    }
  }

  @Test
  void replacedLabelsAreShownInPlace() {
    Screen screen = new Screen();
    BdvVolumeView view = open(layers());
    try {
      view.centre(64, 64, 5);
      Screen.settle();
      byte[] ids = new byte[SIZE * SIZE * DEPTH];
      Arrays.fill(ids, (byte) 77);
      view.replace(layer("objects", Kind.LABELS, 0, ids));
      assertEquals(1, closed.get());
      screen.move(place(view, 48, 80, 5));
      Screen.await("the new id", 10, () -> view.pickLine().contains("objects: 77"));
    } finally {
      view.close();
    }
  }

  @Test
  void openingAndClosingFiftyTimesLeavesNothing() throws Exception {
    Screen ignored = new Screen();
    Leaks.assertNone(
        () -> {
          BdvVolumeView view = open(layers());
          Screen.sleep(50);
          view.close();
        });
  }

  @Test
  void singleSlicesAreShownFlat() {
    Screen screen = new Screen();
    VolumeLayer slice =
        new VolumeLayer(
            "slice",
            Kind.IMAGE,
            ArrayImgs.unsignedBytes(new byte[SIZE * SIZE], SIZE, SIZE, 1),
            VOXEL,
            0xffffff,
            255,
            () -> {});
    BdvVolumeView view = open(List.of(slice));
    try {
      screen.move(place(view, 40, 50, 0));
      Screen.await("the line", 10, () -> view.pickLine().startsWith("x 40  y 50  z 0"));
    } finally {
      view.close();
    }
  }

  @Test
  void contrastLeavesOutliersOut() {
    byte[] voxels = new byte[SIZE * SIZE * DEPTH];
    Arrays.fill(voxels, (byte) 100);
    for (int i = 0; i < voxels.length; i += 2) {
      voxels[i] = (byte) 150;
    }
    voxels[SIZE * SIZE * (DEPTH / 2) + 9] = (byte) 255;
    ContrastRange range = ContrastRange.of(layer("EM", Kind.IMAGE, 0, voxels));
    assertEquals(new ContrastRange(100, 150), range);
  }

  @Test
  void transparentPixelsCoverAndOpaqueOnesAdd() {
    assertEquals(0x808080, BlendedLayers.over(0x808080, 0x00ff0000));
    assertEquals(0xff8080, BlendedLayers.over(0x808080, 0xffff0000));
    assertEquals(0xc04040, BlendedLayers.over(0x808080, 0x80ff0000) & 0xffffff);
  }
}
