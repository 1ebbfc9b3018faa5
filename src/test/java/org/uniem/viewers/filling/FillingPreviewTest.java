package org.uniem.viewers.filling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.job.Job;
import org.uniem.viewers.LabelColours;

class FillingPreviewTest {

  private static final int WIDTH = 21;
  private static final int HEIGHT = 13;
  private static final int DEPTH = 9;

  @TempDir Path folder;

  private final Job job = Job.silent();
  private final List<String> complaints = new ArrayList<>();

  @AfterEach
  void endJob() {
    job.close();
  }

  /** Grows one object from 6,6,4 with object 3 at the far end of x. */
  private void fill(FillingListener listener) {
    int[] labels = new int[WIDTH * HEIGHT * DEPTH];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % WIDTH >= 18 ? 3 : 0;
    }
    FillingScene scene =
        FillingScene.read(
            ArrayImgs.floats(new float[labels.length], WIDTH, HEIGHT, DEPTH),
            ArrayImgs.floats(WIDTH, HEIGHT, DEPTH),
            0,
            1);
    scene.place(ArrayImgs.ints(labels, WIDTH, HEIGHT, DEPTH));
    FloodFilling.fill(
        scene,
        FakePredictor.ofIntensities(5, 2),
        new PointSeeds(List.of(new VoxelPosition(6, 6, 4))),
        FillingOptions.PUBLISHED.withMinSegmentVoxels(10),
        listener,
        job.stage("Test", scene.voxels(), "voxels"),
        job);
  }

  @Test
  void threeSectionsShowImageObjectsAndGrowth() {
    List<BufferedImage> pictures = new ArrayList<>();
    fill(object -> pictures.add(GrowthPicture.of(object)));
    BufferedImage first = pictures.get(0);
    int right = WIDTH + GrowthPicture.GAP;
    int below = HEIGHT + GrowthPicture.GAP;
    assertEquals(right + DEPTH, first.getWidth());
    assertEquals(below + DEPTH, first.getHeight());
    int grey = 0x808080;
    int white = 0x40 << 16 | 0x40 << 8 | 0x40;
    white += 0x7f7f7f;
    int found = (LabelColours.of(3) >> 1 & 0x7f7f7f) + 0x404040;
    // The field of view is 5 voxels wide and lies around 6,6,4.
    assertEquals(white, first.getRGB(6, 6) & 0xffffff, "x, y");
    assertEquals(white, first.getRGB(4, 8) & 0xffffff, "x, y");
    assertEquals(grey, first.getRGB(9, 6) & 0xffffff, "x, y");
    assertEquals(found, first.getRGB(19, 6) & 0xffffff, "x, y");
    assertEquals(white, first.getRGB(right + 4, 6) & 0xffffff, "z, y");
    assertEquals(grey, first.getRGB(right + 7, 6) & 0xffffff, "z, y");
    assertEquals(white, first.getRGB(6, below + 4) & 0xffffff, "x, z");
    assertEquals(found, first.getRGB(18, below) & 0xffffff, "x, z");
    BufferedImage last = pictures.get(pictures.size() - 1);
    assertEquals(white, last.getRGB(14, 6) & 0xffffff, "grown");
  }

  @Test
  void pictureIsDrawnForWhoeverLooks() throws Exception {
    try (PreviewFollower follower = new PreviewFollower(folder);
        FillingPreview preview = new FillingPreview(folder, complaints::add)) {
      assertEquals(Optional.empty(), follower.look());
      assertFalse(Files.exists(FillingPreview.wish(folder)), "nothing has begun");
      Files.writeString(folder.resolve("filling.json"), "{}");
      assertEquals(Optional.empty(), follower.look());
      fill(preview);
      BufferedImage picture = follower.look().orElseThrow();
      assertEquals(WIDTH + GrowthPicture.GAP + DEPTH, picture.getWidth());
      assertEquals(Optional.empty(), follower.look(), "seen before");
    }
    assertFalse(Files.exists(FillingPreview.wish(folder)));
    assertFalse(Files.exists(FillingPreview.picture(folder)));
    assertEquals(List.of(), complaints);
  }

  @Test
  void nothingIsDrawnWhereNobodyLooks() {
    try (FillingPreview preview = new FillingPreview(folder, complaints::add)) {
      fill(preview);
      assertFalse(Files.exists(FillingPreview.picture(folder)));
    }
  }

  @Test
  void objectsGrowOnWherePicturesCannotBeWritten() throws Exception {
    Files.createFile(FillingPreview.wish(folder));
    Path picture = Files.createDirectory(FillingPreview.picture(folder));
    Files.createFile(picture.resolve("in the way"));
    try (FillingPreview preview = new FillingPreview(folder, complaints::add)) {
      fill(preview);
    }
    assertTrue(complaints.get(0).startsWith("No preview: "), complaints.toString());
  }
}
