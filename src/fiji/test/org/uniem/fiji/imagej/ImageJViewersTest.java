package org.uniem.fiji.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.ImageCanvas;
import ij.process.ImageProcessor;
import java.awt.Point;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.fiji.Leaks;
import org.uniem.fiji.Screen;
import org.uniem.viewers.LabelPainter.Painting;
import org.uniem.viewers.PaintedLabels;
import org.uniem.viewers.Pick;
import org.uniem.viewers.VolumeLayer;
import org.uniem.viewers.VolumeLayer.Kind;
import org.uniem.viewers.VolumeView;
import org.uniem.viewers.imagej.ImageJLabelPainter;
import org.uniem.viewers.imagej.ImageJVolumeViewer;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** The windows that serve where Labkit and BigDataViewer are missing. */
class ImageJViewersTest {

  private static final int SIZE = 128;
  private static final int DEPTH = 3;
  private static final VoxelSize VOXEL = new VoxelSize(8, 8, 30, "nm");

  @TempDir Path folder;
  private Screen screen;

  @BeforeEach
  void start() {
    screen = new Screen();
  }

  private static byte[] voxels(int inside, int outside) {
    byte[] voxels = new byte[SIZE * SIZE * DEPTH];
    for (int i = 0; i < voxels.length; i++) {
      boolean disc = Math.hypot(i % SIZE - 64, i / SIZE % SIZE - 64) < 30;
      voxels[i] = (byte) (disc ? inside : outside + i % 7);
    }
    return voxels;
  }

  private static Volume images() {
    return Volumes.of(ArrayImgs.unsignedBytes(voxels(60, 160), SIZE, SIZE, DEPTH), VOXEL, "images");
  }

  private Painting open() {
    Volume images = images();
    Painting painting =
        new ImageJLabelPainter()
            .open(
                images,
                PaintedLabels.empty(
                    images, LabelKey.parse("mitochondria"), folder.resolve("painted.tif")));
    Screen.settle();
    return painting;
  }

  private static ImagePlus window() {
    return WindowManager.getImage("Labels of images");
  }

  @Test
  void whatIsPaintedIsSavedWhenTheWindowCloses() {
    Painting painting = open();
    assertFalse(painting.isModified());
    window().setSlice(2);
    ImageProcessor slice = window().getProcessor();
    slice.setValue(1);
    slice.setRoi(20, 30, 40, 10);
    slice.fill();
    window().updateAndDraw();
    assertTrue(painting.isModified());
    screen.save("imagej-painted");
    painting.close();
    assertFalse(painting.isOpen());
    try (Volume saved = Volumes.open(folder.resolve("painted.tif"))) {
      assertEquals(1, saved.channel(0).getAt(25, 35, 1).getRealDouble());
      assertEquals(255, saved.channel(0).getAt(25, 35, 0).getRealDouble());
      assertEquals(255, saved.channel(0).getAt(25, 45, 1).getRealDouble());
      assertEquals(List.of("background", "mitochondria"), saved.labelKey().get().classNames());
    }
  }

  private static VolumeView view() {
    VolumeView view =
        new ImageJVolumeViewer()
            .open(
                "Layers",
                List.of(
                    layer("EM", Kind.IMAGE, voxels(60, 160)),
                    layer("objects", Kind.LABELS, voxels(9, 0))));
    Screen.settle();
    return view;
  }

  private static VolumeLayer layer(String name, Kind kind, byte[] voxels) {
    return new VolumeLayer(
        name,
        kind,
        ArrayImgs.unsignedBytes(voxels, SIZE, SIZE, DEPTH),
        VOXEL,
        0xffffff,
        255,
        () -> {});
  }

  @Test
  void voxelUnderTheMouseIsPicked() {
    VolumeView view = view();
    try {
      AtomicReference<Pick> pick = new AtomicReference<>();
      view.onPick(pick::set);
      view.centre(64, 64, 1);
      ImageCanvas canvas = WindowManager.getImage("Layers").getCanvas();
      Point corner = canvas.getLocationOnScreen();
      int half = (int) (canvas.getMagnification() / 2);
      screen.click(
          new Point(corner.x + canvas.screenX(64) + half, corner.y + canvas.screenY(70) + half));
      Screen.await("the pick", 5, () -> pick.get() != null);
      assertEquals(64, pick.get().x());
      assertEquals(70, pick.get().y());
      assertEquals(1, pick.get().z());
      assertEquals(9L, pick.get().values().get("objects"));
      assertEquals(Set.of(9L), view.highlighted("objects"));
      screen.save("imagej-layers");
    } finally {
      view.close();
    }
  }

  @Test
  void openingAndClosingFiftyTimesLeavesNothing() throws Exception {
    Leaks.assertNone(
        () -> {
          Painting painting = open();
          VolumeView view = view();
          Screen.settle();
          view.close();
          painting.close();
        });
  }
}
