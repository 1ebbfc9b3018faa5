package org.uniem.fiji.labkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.WindowEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.uniem.fiji.Leaks;
import org.uniem.fiji.Screen;
import org.uniem.fiji.SmallPhantom;
import org.uniem.job.Job;
import org.uniem.viewers.PaintedLabels;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class LabkitPainterTest {

  private static final int SIZE = 192;

  @TempDir Path folder;
  private Screen screen;
  private Context context;

  @BeforeEach
  void start() {
    screen = new Screen();
    context = LabkitWindow.context();
    SmallPhantom.write(folder);
  }

  @AfterEach
  void stop() {
    if (context != null) {
      context.dispose();
    }
  }

  private static TreeMap<Integer, Integer> counts(Volume labels, long z) {
    float[] slice = new float[SIZE * SIZE];
    labels.readSlice(z, 0, slice);
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (float value : slice) {
      counts.merge((int) value, 1, Integer::sum);
    }
    return counts;
  }

  private static int valueAt(Volume labels, int x, int y, long z) {
    return (int) labels.channel(0).getAt(x, y, z).getRealDouble();
  }

  @Test
  void whatTheMousePaintsIsInTheSavedStack() {
    Path saved = folder.resolve("painted.tif");
    try (LabkitWindow window = LabkitWindow.open(context, folder, "mitochondria,membrane")) {
      long z = window.slice();
      screen.click(window.button("<b>Draw</b>"));
      screen.drag(window.place(40, 60), window.place(120, 60));
      Screen.await("paint", 5, () -> window.painting().isModified());
      window
          .painting()
          .model()
          .imageLabelingModel()
          .selectedLabel()
          .set(
              window
                  .painting()
                  .model()
                  .imageLabelingModel()
                  .labeling()
                  .get()
                  .getLabel("background"));
      screen.drag(window.place(40, 100), window.place(120, 100));
      screen.save("labkit-painted", window.painting().frame());
      screen.click(window.button("Save Labels"));
      Screen.await("the file", 20, () -> Files.exists(saved));
      Screen.await("the save", 20, () -> !window.painting().isModified());
      try (Volume labels = Volumes.open(saved)) {
        assertEquals(
            new LabelKey(255, List.of("background", "mitochondria", "membrane")),
            labels.labelKey().orElseThrow());
        assertEquals(8, labels.voxelSize().x());
        for (int x = 42; x < 119; x++) {
          assertEquals(1, valueAt(labels, x, 60, z), "x=" + x);
          assertEquals(0, valueAt(labels, x, 100, z), "x=" + x);
        }
        assertEquals(255, valueAt(labels, 80, 80, z));
        TreeMap<Integer, Integer> counts = counts(labels, z);
        assertEquals(List.of(0, 1, 255), List.copyOf(counts.keySet()));
        assertTrue(counts.get(1) < 600, counts.toString());
        for (long other = 0; other < labels.depth(); other++) {
          if (other != z) {
            assertEquals(List.of(255), List.copyOf(counts(labels, other).keySet()));
          }
        }
      }
    }
  }

  @Test
  void closingTheWindowSavesAndPaintingGoesOnFromTheFile() {
    Path saved = folder.resolve("painted.tif");
    LabkitWindow window = LabkitWindow.open(context, folder, "mitochondria");
    long z = window.slice();
    screen.click(window.button("<b>Draw</b>"));
    screen.drag(window.place(40, 60), window.place(120, 60));
    Screen.await("paint", 5, () -> window.painting().isModified());
    window
        .painting()
        .frame()
        .dispatchEvent(new WindowEvent(window.painting().frame(), WindowEvent.WINDOW_CLOSING));
    Screen.await("closed", 20, () -> !window.painting().isOpen());
    assertTrue(Files.exists(saved));

    Volume images = Volumes.open(folder.resolve("images.tif"));
    PaintedLabels labels;
    try (Volume earlier = Volumes.open(saved);
        Job job = Job.silent()) {
      labels = PaintedLabels.of(images, earlier, LabelKey.parse("mitochondria"), saved, job);
    }
    try (LabkitWindow again = LabkitWindow.open(context, images, labels)) {
      assertFalse(again.painting().isModified());
      screen.click(again.button("<b>Draw</b>"));
      screen.drag(again.place(40, 120), again.place(120, 120));
    }
    try (Volume both = Volumes.open(saved)) {
      assertEquals(1, valueAt(both, 80, 60, z));
      assertEquals(1, valueAt(both, 80, 120, z));
    }
  }

  /** A dense ground truth of other software is loaded as classes. */
  @Test
  void denseLabelsAreShownAndSavedUnchanged() {
    Path saved = folder.resolve("painted.tif");
    Volume images = Volumes.open(folder.resolve("images.tif"));
    try (Volume truth = Volumes.open(folder.resolve("mitochondria.tif"));
        Job job = Job.silent()) {
      PaintedLabels labels =
          PaintedLabels.of(images, truth, LabelKey.parse("mitochondria"), saved, job);
      try (LabkitWindow window = LabkitWindow.open(context, images, labels)) {
        screen.save("labkit-dense", window.painting().frame());
        window.painting().save();
      }
      try (Volume copy = Volumes.open(saved)) {
        for (long z = 0; z < truth.depth(); z++) {
          float[] expected = new float[SIZE * SIZE];
          float[] actual = new float[SIZE * SIZE];
          truth.readSlice(z, 0, expected);
          copy.readSlice(z, 0, actual);
          for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i] == 0 ? 0 : 1, actual[i], "slice " + z + " pixel " + i);
          }
        }
      }
    }
  }

  /** What is painted is on the disk even if the application is quit with the window open. */
  @Test
  void quittingSavesWhatIsPainted() throws Exception {
    Path saved = folder.resolve("painted.tif");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PaintAndQuit.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    assertTrue(java.waitFor(120, TimeUnit.SECONDS), "it hangs");
    assertTrue(Files.exists(saved), Files.readString(folder.resolve("log.txt")));
    try (Volume labels = Volumes.open(saved)) {
      assertEquals(1, valueAt(labels, 7, 8, 2));
    }
  }

  @Test
  void colourImageOfOneSliceCanBePainted() {
    Path saved = folder.resolve("painted.tif");
    List<ArrayImg<UnsignedByteType, ?>> rgb = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      byte[] pixels = new byte[SIZE * SIZE];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i * (c + 1) % 200);
      }
      rgb.add(ArrayImgs.unsignedBytes(pixels, SIZE, SIZE, 1));
    }
    Volume images = Volumes.of(rgb, new VoxelSize(8, 8, 30, "nm"), "colours");
    PaintedLabels labels = PaintedLabels.empty(images, LabelKey.parse("mitochondria"), saved);
    try (LabkitWindow window = LabkitWindow.open(context, images, labels)) {
      screen.click(window.button("<b>Draw</b>"));
      screen.drag(window.place(40, 60), window.place(120, 60));
      Screen.await("paint", 5, () -> window.painting().isModified());
      screen.save("labkit-colour", window.painting().frame());
    }
    try (Volume painted = Volumes.open(saved)) {
      assertEquals(1, painted.depth());
      assertEquals(1, valueAt(painted, 80, 60, 0));
    }
  }

  @Test
  void openingAndClosingFiftyTimesLeavesNothing() throws Exception {
    Leaks.assertNone(
        () -> {
          LabkitWindow window = LabkitWindow.open(context, folder, "mitochondria");
          Screen.sleep(50);
          window.close();
        });
  }
}
