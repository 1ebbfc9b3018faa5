package org.uniem.floodfilling.subvolumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.floodfilling.seeds.EmptySpaceSeeds;
import org.uniem.floodfilling.seeds.GridSeeds;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.floodfilling.seeds.SequentialSeeds;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class MirroredFillingTest {

  private static final GridSeeds GRID = new GridSeeds(4, List.of(3), false);
  private static final int FIELD = 5;

  /** Half a field for its centre at the face, half a field for a move. */
  private static final int RIM = 4;

  @TempDir Path folder;

  private final Job job = Job.silent();

  @AfterEach
  void endJob() {
    job.close();
  }

  private SegmentationFolder fill(
      String name, Volume image, Mirroring mirroring, SeedPolicy seeds, Extent size) {
    return SubvolumeFilling.fill(
        new FillingInput(image, 0, Optional.empty(), mirroring),
        new FillingModel(FakePredictor.ofIntensities(FIELD, 2), 0, 1, "network"),
        seeds,
        FillingOptions.PUBLISHED.withMinSegmentVoxels(1).withBatch(3),
        new SubvolumeOptions(size, new Extent(12, 12, 12), 2, 1L << 30),
        folder.resolve(name),
        FillingListener.NONE,
        job);
  }

  private static Volume cells(byte[] cells, int width, int height, int depth) {
    return Volumes.of(
        ArrayImgs.unsignedBytes(cells, width, height, depth), VoxelSize.UNKNOWN, "cells");
  }

  private static int at(int position, int length) {
    return position < 0 ? -position : position >= length ? 2 * (length - 1) - position : position;
  }

  /** Voxels of the cells, those of the faces among them. */
  private static PointSeeds points(int shift) {
    List<VoxelPosition> points = new ArrayList<>();
    for (int z = 0; z < CellsVolume.DEPTH; z += 5) {
      for (int y = 0; y < CellsVolume.HEIGHT; y += 7) {
        for (int x = 0; x < CellsVolume.WIDTH; x += 5) {
          points.add(new VoxelPosition(x + shift, y + shift, z + shift));
        }
      }
    }
    return new PointSeeds(points);
  }

  @Test
  void resultIsThatOfAnImageMirroredByHand() {
    byte[] cells = CellsVolume.cells(11);
    int width = CellsVolume.WIDTH + 2 * RIM;
    int height = CellsVolume.HEIGHT + 2 * RIM;
    int depth = CellsVolume.DEPTH + 2 * RIM;
    byte[] larger = new byte[width * height * depth];
    for (int i = 0; i < larger.length; i++) {
      int x = at(i % width - RIM, CellsVolume.WIDTH);
      int y = at(i / width % height - RIM, CellsVolume.HEIGHT);
      int z = at(i / width / height - RIM, CellsVolume.DEPTH);
      larger[i] = cells[(z * CellsVolume.HEIGHT + y) * CellsVolume.WIDTH + x];
    }
    Extent all = new Extent(width, height, depth);
    SegmentationFolder expected =
        fill("by-hand", cells(larger, width, height, depth), Mirroring.NONE, points(RIM), all);
    SegmentationFolder found =
        fill("mirrored", CellsVolume.volume(cells), Mirroring.XYZ, points(0), all);
    assertEquals(1, found.grid().count());
    assertTrue(found.finished(0).largestId() > 10);
    try (SubvolumeLabels a = expected.labels(0);
        SubvolumeLabels b = found.labels(0)) {
      for (int z = 0; z < CellsVolume.DEPTH; z++) {
        int[] hand = a.slice(z + RIM);
        int[] inside = new int[CellsVolume.WIDTH * CellsVolume.HEIGHT];
        for (int i = 0; i < inside.length; i++) {
          int y = i / CellsVolume.WIDTH + RIM;
          inside[i] = hand[y * width + i % CellsVolume.WIDTH + RIM];
        }
        assertArrayEquals(inside, b.slice(z), "slice " + z);
      }
    }
  }

  @Test
  void objectAtTheRimIsFoundInSubvolumesToo() {
    byte[] cells = new byte[30 * 26 * 24];
    for (int i = 0; i < cells.length; i++) {
      // A cell along x that is two voxels wide, in the corner: no field of view is centred there.
      cells[i] = (byte) (i / 30 % 26 < FIELD / 2 && i / 30 / 26 < FIELD / 2 ? 2 : 1);
    }
    Volume image = cells(cells, 30, 26, 24);
    SeedPolicy seeds = new SequentialSeeds(List.of(GRID, new EmptySpaceSeeds()));
    Extent whole = new Extent(30, 26, 24);
    assertEquals(0, rimLabel(fill("plain", image, Mirroring.NONE, seeds, whole)));
    assertTrue(rimLabel(fill("whole", image, Mirroring.XYZ, seeds, whole)) > 0);
    SegmentationFolder parts = fill("parts", image, Mirroring.XYZ, seeds, new Extent(21, 20, 18));
    assertEquals(8, parts.grid().count());
    assertTrue(rimLabel(parts) > 0);
    long said =
        parts.finished(0).result().objects().stream().mapToLong(object -> object.voxels()).sum();
    long labelled = 0;
    try (SubvolumeLabels labels = parts.labels(0)) {
      for (int z = 0; z < 18; z++) {
        labelled += Arrays.stream(labels.slice(z)).filter(label -> label > 0).count();
      }
    }
    assertEquals(said, labelled, "what is mirrored is not counted");
  }

  private static int rimLabel(SegmentationFolder parts) {
    try (SubvolumeLabels labels = parts.labels(0)) {
      return labels.slice(0)[10];
    }
  }

  @Test
  void imageSmallerThanTheFieldOfViewIsSeenInTheMirror() {
    Volume slice = cells(new byte[20 * 20], 20, 20, 1);
    Extent size = new Extent(20, 20, 1);
    assertThrows(BadInputException.class, () -> fill("xy", slice, Mirroring.XY, GRID, size));
    SegmentationFolder found =
        fill("xyz", slice, Mirroring.XYZ, new GridSeeds(1, List.of(2), false), size);
    assertEquals(1, found.finished(0).largestId());
  }

  @Test
  void runWithoutMirrorIsAnotherRun() {
    Volume image = CellsVolume.volume(CellsVolume.cells(3));
    Extent size = new Extent(32, 30, 28);
    fill("run", image, Mirroring.XY, GRID, size);
    BadInputException e =
        assertThrows(BadInputException.class, () -> fill("run", image, Mirroring.NONE, GRID, size));
    assertTrue(e.getMessage().contains("mirror"), e.getMessage());
  }
}
