package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadParameterException;

class VoxelSizeTest {

  @Test
  void textOfThreeLengthsAndUnitIsRead() {
    assertEquals(new VoxelSize(4, 4.6, 50, "nm"), VoxelSize.parse(" 4, 4.6,50 , nm"));
    assertTrue(VoxelSize.parse("1,1,1,nm").isKnown());
    assertFalse(VoxelSize.UNKNOWN.isKnown());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5,5,5", "5,5,5,", "5,5,x,nm", "5,5,5,nm,6", "0,5,5,nm"})
  void otherTextIsAnsweredWithAnExample(String text) {
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> VoxelSize.parse(text));
    assertTrue(e.getMessage().contains("give"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"nanometers, nm", "micron, \u00b5m", "pixels, pixel", "Angstrom, \u00c5"})
  void theUnitMayBeSpeltAsPeopleDo(String word, String unit) {
    assertEquals(new VoxelSize(5, 5, 40, unit), VoxelSize.parse("5,5,40," + word));
  }

  @Test
  void wordsThatAreNoUnitAreRefused() {
    BadParameterException e =
        assertThrows(BadParameterException.class, () -> VoxelSize.parse("5,5,40,nn"));
    assertTrue(e.getMessage().contains("unit: expected one of length"), e.getMessage());
    assertTrue(e.getMessage().contains("found nn"), e.getMessage());
  }

  @Test
  void theGivenVoxelSizeTakesThePlaceOfTheFiles() {
    VoxelSize given = new VoxelSize(5, 5, 5, "nm");
    Volume plain =
        Volumes.of(ArrayImgs.unsignedBytes(new byte[] {1, 2}, 2, 1, 1), VoxelSize.UNKNOWN, "a");
    try (Volume volume = Volumes.withVoxelSize(plain, given)) {
      float[] slice = new float[2];
      volume.readSlice(0, 0, slice);
      assertEquals(given, volume.voxelSize());
      assertEquals(given, Volumes.specOf(volume).voxelSize());
      assertEquals(2, slice[1]);
    }
  }
}
