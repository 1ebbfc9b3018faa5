package org.uniem.floodfilling.agglomeration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class MergedLabelsTest {

  @TempDir Path folder;

  private final Job job = Job.silent();

  @AfterEach
  void endJob() {
    job.close();
  }

  /** Objects 1, 3, 4, 6 and 9. */
  private Segmentation segmentation() {
    byte[] labels = {0, 1, 3, 4, 6, 9, 9, 1};
    return Segmentation.read(
        Volumes.of(ArrayImgs.unsignedBytes(labels, 4, 2, 1), VoxelSize.UNKNOWN, "s"), job);
  }

  private MergeTable table(String text) {
    try {
      return MergeTable.read(
          Files.writeString(folder.resolve("t.csv"), text, StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private long[] labels(String text) {
    long[] merged = new long[8];
    MergedLabels.of(segmentation(), table(text)).read(0, merged);
    return merged;
  }

  @Test
  void linkedObjectsGetTheSmallestId() {
    assertArrayEquals(new long[] {0, 1, 3, 4, 3, 3, 3, 1}, labels("a,b\n9,6\n3,9\n"));
    assertEquals(3, MergedLabels.of(segmentation(), table("a,b\n9,6\n3,9\n")).objects());
  }

  @Test
  void rowsTakenOutAreUndone() {
    long[] before = labels("a,b,decision\n");
    assertArrayEquals(new long[] {0, 1, 3, 4, 6, 9, 9, 1}, before);
    long[] one = labels("a,b,decision\n3,9,merge\n");
    assertArrayEquals(one, labels("a,b,decision\n9,6,separate\n3,9,merge\n"));
    assertArrayEquals(before, labels("a,b,decision\n9,6,separate\n3,9,separate\n"));
  }

  @Test
  void tablesOfSpreadsheetsAreRead() {
    long[] expected = labels("a,b\n9,6\n");
    assertArrayEquals(expected, labels("\uFEFFx;\"b\";reason;a\r\n7;6;\"a;\"\"b\";9\r\n"));
    assertArrayEquals(expected, labels("a\tb\n\n9.000\t6.0\n"));
  }

  @Test
  void tablesOfAnotherSegmentationAreRefused() {
    assertRefused("line 2 belongs to the segmentation crc32c:0", "a,b,segmentation\n1,3,crc32c:0");
    assertArrayEquals(
        labels("a,b\n1,3"), labels("a,b,segmentation\n1,3," + segmentation().checksum()));
  }

  @Test
  void idsThatAreNotThereAreRefused() {
    assertRefused("line 3: the segmentation s has no object 2", "a,b\n1,3\n1,2\n");
    assertRefused("no object 0", "a,b\n0,3\n");
    assertRefused("no object 99999999999", "a,b\n1,99999999999\n");
  }

  @Test
  void textThatIsNoTableIsRefused() {
    assertRefused("expected at least a and b", "");
    assertRefused("expected at least a and b", "first,second\n1,3\n");
    assertRefused("line 2: found \"x\" in column a", "a,b\nx,3\n");
    assertRefused("line 2: found \"\" in column b", "a,b\n3\n");
    assertRefused("line 2: found \"1.5\" in column b", "a,b\n3,1.5\n");
    assertRefused("found the decision \"yes\"", "a,b,decision\n1,3,yes\n");
  }

  private void assertRefused(String words, String text) {
    BadInputException e = assertThrows(BadInputException.class, () -> labels(text));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void writtenTableIsReadAgain() {
    DecisionPoint near = new DecisionPoint(1, 3, 0.5, new VoxelPosition(7, 8, 9));
    RegrownObject grown = new RegrownObject(near.position(), 2, 100, 40, 50, 1, 7);
    PairScores merged = new PairScores(near, 50, 60, List.of(grown, grown), 95, true);
    DecisionPoint far = new DecisionPoint(4, 6, 2, new VoxelPosition(1, 2, 3));
    PairScores separate = new PairScores(far, 80, 100, List.of(grown), 0, false);
    String csv =
        MergeTable.toCsv(List.of(merged, separate), MergeCriteria.PUBLISHED, segmentation());
    String tag = segmentation().checksum();
    assertEquals(
        List.of(
            "a,b,decision,reason,x,y,z,distance,iou,aFromA,bFromA,aFromB,bFromB,deletedFromA,"
                + "deletedFromB,attemptsA,attemptsB,segmentation",
            "1,3,merge,,7,8,9,0.5,0.904762,0.8,0.833333,0.8,0.833333,0.01,0.01,2,2," + tag,
            "4,6,separate,part of a regrown from a 0.500; above 0.6 merges,1,2,3,2,,"
                + "0.5,0.5,,,0.01,,2,,"
                + tag),
        csv.lines().toList());
    assertEquals(1, table(csv).merges());
    assertArrayEquals(new long[] {0, 1, 1, 4, 6, 9, 9, 1}, labels(csv));
  }
}
