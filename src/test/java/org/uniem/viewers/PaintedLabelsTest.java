package org.uniem.viewers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

class PaintedLabelsTest {

  private static final byte NONE = (byte) LabelKey.UNPAINTED;
  private static final VoxelSize VOXEL = new VoxelSize(5, 5, 40, "nm");

  @TempDir Path folder;
  private final Volume images = Volumes.of(ArrayImgs.unsignedBytes(2, 1, 2), VOXEL, "images");

  private Volume labels(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Volumes.of(ArrayImgs.unsignedBytes(bytes, 2, 1, 2), VOXEL, "labels");
  }

  private PaintedLabels of(Volume labels, String classes) {
    return PaintedLabels.of(
        images, labels, LabelKey.parse(classes), folder.resolve("painted.tif"), Job.silent());
  }

  private static byte[] read(PaintedLabels labels, long z) {
    byte[] slice = new byte[2];
    labels.read(z, slice);
    return slice;
  }

  @Test
  void savedStackSaysWhatItsValuesMeanAndIsReplacedWhole() throws Exception {
    Path file = folder.resolve("painted.tif");
    PaintedLabels empty = PaintedLabels.empty(images, LabelKey.parse("noyau été,membrane"), file);
    for (float value : new float[] {1, 2}) {
      empty.save(
          (z, target) -> {
            target[0] = z == 1 ? value : LabelKey.UNPAINTED;
            target[1] = LabelKey.UNPAINTED;
          },
          Job.silent());
      try (Volume saved = Volumes.open(file)) {
        assertEquals(
            new LabelKey(255, List.of("background", "noyau été", "membrane")),
            saved.labelKey().orElseThrow());
        assertEquals(VOXEL, saved.voxelSize());
        PaintedLabels again = of(saved, "membrane");
        assertEquals(List.of("background", "membrane", "noyau été"), again.key().classNames());
        assertArrayEquals(new byte[] {(byte) (value == 1 ? 2 : 1), NONE}, read(again, 1));
        assertFalse(again.isPainted(0));
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void whatAnotherWindowSavedMeanwhileIsKept() throws Exception {
    Path file = folder.resolve("painted.tif");
    PaintedLabels one = PaintedLabels.empty(images, LabelKey.parse("a"), file);
    PaintedLabels other = PaintedLabels.empty(images, LabelKey.parse("a"), file);
    other.save((z, target) -> Arrays.fill(target, 1), Job.silent());
    byte[] saved = Files.readAllBytes(file);
    OutputException e =
        assertThrows(OutputException.class, () -> one.save((z, target) -> {}, Job.silent()));
    assertTrue(e.getMessage().contains("Move that file elsewhere"), e.getMessage());
    assertArrayEquals(saved, Files.readAllBytes(file));
    Files.move(file, folder.resolve("moved.tif"));
    one.save((z, target) -> Arrays.fill(target, 0), Job.silent());
    assertThrows(OutputException.class, () -> other.save((z, target) -> {}, Job.silent()));
  }

  @Test
  void cancelledSaveKeepsTheEarlierFile() throws Exception {
    Path file = Files.writeString(folder.resolve("painted.tif"), "earlier");
    Job job = Job.silent();
    job.cancel();
    PaintedLabels empty = PaintedLabels.empty(images, LabelKey.parse("a"), file);
    assertThrows(CancellationException.class, () -> empty.save((z, target) -> {}, job));
    assertEquals("earlier", Files.readString(file));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void valuesOfOtherStacksBecomeClassesInAscendingOrder() {
    PaintedLabels mask = of(labels(0, 255, 255, 0), "mitochondria");
    assertArrayEquals(new byte[] {0, 1}, read(mask, 0));
    PaintedLabels two = of(labels(9, 0, 4, 9), "a,b");
    assertArrayEquals(new byte[] {2, 0}, read(two, 0));
    assertArrayEquals(new byte[] {1, 2}, read(two, 1));
  }

  @Test
  void objectsOfOneClassAreThatClass() {
    assertArrayEquals(new byte[] {1, 1}, read(of(labels(0, 1, 2, 200), "mitochondria"), 1));
  }

  @Test
  void moreValuesThanClassesAreRefused() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> of(labels(0, 1, 2, 3), "a,b"));
    assertTrue(e.getMessage().contains("Name more classes"), e.getMessage());
  }

  @Test
  void otherSizesAreRefused() {
    Volume other = Volumes.of(ArrayImgs.unsignedBytes(3, 1, 2), VOXEL, "other");
    assertThrows(BadInputException.class, () -> of(other, "a"));
  }

  @Test
  void classNamesThatCannotBeToldApartAreRefused() {
    for (String classes : new String[] {"", "a,,b", "a,a", "a,background"}) {
      assertThrows(BadParameterException.class, () -> LabelKey.parse(classes), classes);
    }
    assertEquals(List.of("background", "a b"), LabelKey.parse(" a b ").classNames());
    assertEquals(List.of("background", "a"), LabelKey.parse("background, a").classNames());
  }

  @Test
  void outputThatIsNoTiffIsRefused() {
    assertThrows(
        BadParameterException.class,
        () -> PaintedLabels.empty(images, LabelKey.parse("a"), folder.resolve("painted")));
  }
}
