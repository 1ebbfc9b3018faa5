package org.uniem.floodfilling.joining;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.iterator.IntervalIterator;
import net.imglib2.util.IntervalIndexer;
import net.imglib2.util.Intervals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.floodfilling.FakePredictor;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.FloodFilling;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.seeds.GridSeeds;
import org.uniem.floodfilling.subvolumes.CellsVolume;
import org.uniem.floodfilling.subvolumes.FillingInput;
import org.uniem.floodfilling.subvolumes.SegmentationFolder;
import org.uniem.floodfilling.subvolumes.SubvolumeFilling;
import org.uniem.floodfilling.subvolumes.SubvolumeOptions;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.metrics.ContingencyTable;
import org.uniem.metrics.Foreground;
import org.uniem.metrics.InstanceScores;

class ReconciliationTest {

  private static final GridSeeds SEEDS = new GridSeeds(4, List.of(3), false);
  private static final FillingOptions OPTIONS =
      FillingOptions.PUBLISHED.withMinSegmentVoxels(20).withBatch(4);
  private static final FillingModel MODEL =
      new FillingModel(FakePredictor.ofIntensities(7, 2), 0, 1, "fake");

  @TempDir Path folder;

  private final Job job = Job.silent();

  @AfterEach
  void endJob() {
    job.close();
  }

  private SegmentationFolder fill(byte[] cells, Extent size) {
    return SubvolumeFilling.fill(
        FillingInput.of(CellsVolume.volume(cells)),
        MODEL,
        SEEDS,
        OPTIONS,
        new SubvolumeOptions(size, new Extent(12, 12, 12), 2, 1L << 30),
        folder.resolve("out"),
        FillingListener.NONE,
        job);
  }

  private static long[] whole(Reconciliation joined, Job job) {
    int slice = CellsVolume.WIDTH * CellsVolume.HEIGHT;
    long[] all = new long[slice * CellsVolume.DEPTH];
    joined.write((z, labels) -> System.arraycopy(labels, 0, all, (int) z * slice, slice), job);
    return all;
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 28", "40, 30, 28", "66, 33, 25"})
  void joinedSubvolumesAreTheObjectsOfTheWhole(int x, int y, int z) {
    byte[] cells = CellsVolume.cells(5);
    int[] single = new int[cells.length];
    FloodFilling.segment(
        ArrayImgs.unsignedBytes(cells, CellsVolume.WIDTH, CellsVolume.HEIGHT, CellsVolume.DEPTH),
        ArrayImgs.ints(single, CellsVolume.WIDTH, CellsVolume.HEIGHT, CellsVolume.DEPTH),
        MODEL,
        SEEDS,
        OPTIONS,
        job);
    Reconciliation joined =
        Reconciliation.of(fill(cells, new Extent(x, y, z)), ReconciliationOptions.DEFAULT, job);
    long[] labels = whole(joined, job);
    ContingencyTable table = new ContingencyTable();
    for (int i = 0; i < labels.length; i++) {
      table.add(labels[i], single[i], 1);
    }
    InstanceScores scores = InstanceScores.of(table, Foreground.TRUTH);
    assertTrue(scores.rand() >= 0.99, "Rand score " + scores.rand());
    assertTrue(joined.joined() > 0);
  }

  @Test
  void sizesAndLabelsAreThoseWritten() {
    Reconciliation joined =
        Reconciliation.of(
            fill(CellsVolume.cells(3), new Extent(32, 30, 28)),
            new ReconciliationOptions(0.8, true, 100, 200),
            job);
    long[] counts = new long[(int) joined.count() + 1];
    for (long label : whole(joined, job)) {
      counts[(int) label]++;
    }
    for (int label = 1; label < counts.length; label++) {
      assertEquals(joined.voxels(label), counts[label]);
      assertTrue(counts[label] >= 200);
    }
  }

  @Test
  void resultDoesNotDependOnThreads() {
    SegmentationFolder parts = fill(CellsVolume.cells(4), new Extent(32, 30, 28));
    long[] many = whole(Reconciliation.of(parts, ReconciliationOptions.DEFAULT, job), job);
    try (Job one = new Job(1, ProgressListener.NONE)) {
      assertArrayEquals(
          many, whole(Reconciliation.of(parts, ReconciliationOptions.DEFAULT, one), one));
    }
  }

  @Test
  void whatOneSubvolumeLeftFreeTakesTheObjectOfTheNext() throws IOException {
    SegmentationFolder parts = fill(CellsVolume.cells(6), new Extent(40, 30, 28));
    Interval box = parts.grid().box(0);
    long last = parts.grid().core(0).max(0);
    Interval strip =
        Intervals.createMinMax(last - 1, 0, 0, last, parts.grid().core(0).max(1) - 6, 10);
    long before =
        labelled(whole(Reconciliation.of(parts, ReconciliationOptions.DEFAULT, job), job), strip);
    Path file = folder.resolve("out").resolve("subvolume-000000-labels.gz");
    ByteBuffer labels;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      labels = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
    int cleared = 0;
    IntervalIterator at = new IntervalIterator(strip);
    while (at.hasNext()) {
      at.fwd();
      int index = (int) IntervalIndexer.positionToIndexForInterval(at, box);
      cleared += labels.getInt(4 * index) > 0 ? 1 : 0;
      labels.putInt(4 * index, 0);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(labels.array());
    }
    assertTrue(cleared > 300, cleared + " voxels cleared");
    long after =
        labelled(whole(Reconciliation.of(parts, ReconciliationOptions.DEFAULT, job), job), strip);
    assertTrue(after >= 0.9 * before, after + " of " + before + " voxels have an object");
  }

  private static long labelled(long[] labels, Interval part) {
    Interval all = new FinalInterval(CellsVolume.WIDTH, CellsVolume.HEIGHT, CellsVolume.DEPTH);
    long count = 0;
    IntervalIterator at = new IntervalIterator(part);
    while (at.hasNext()) {
      at.fwd();
      count += labels[(int) IntervalIndexer.positionToIndexForInterval(at, all)] > 0 ? 1 : 0;
    }
    return count;
  }

  @Test
  void joiningNeedsTheShareOfOneOrOfBoth() {
    ReconciliationOptions either = new ReconciliationOptions(0.8, false, 10, 0);
    ReconciliationOptions both = new ReconciliationOptions(0.8, true, 10, 0);
    assertTrue(either.joins(80, 100, 1000));
    assertTrue(!both.joins(80, 100, 1000));
    assertTrue(both.joins(80, 100, 90));
    assertTrue(!either.joins(79, 100, 1000));
    assertTrue(!either.joins(9, 9, 9));
  }
}
