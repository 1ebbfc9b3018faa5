package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
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

  @Test
  void lengthAlongZThatIsNotKnownIsRefusedWithWhatToGive() {
    VoxelSize plane = VoxelSize.ofPlane(4, 5, "nanometers");
    assertTrue(plane.isKnown());
    assertFalse(plane.hasDepth());
    BadInputException e = assertThrows(BadInputException.class, plane::z);
    assertTrue(e.getMessage().contains("4.0 x 5.0 nm along x and y"), e.getMessage());
    assertTrue(e.getMessage().contains("voxelSize=4.0,5.0,"), e.getMessage());
    assertEquals(7, plane.zOr(7));
    assertEquals(plane, VoxelSize.ofPlane(4, 5, "nm"));
    assertThrows(BadParameterException.class, () -> VoxelSize.parse("4,5,NaN,nm"));
  }

  @Test
  void pixelsHaveADepth() {
    assertEquals(VoxelSize.UNKNOWN, VoxelSize.ofPlane(1, 1, "px"));
  }

  @ParameterizedTest
  @CsvSource({
    "5, nm, 5, nm, 0.04, micron, 40",
    "5, nm, 0.005, um, 40, nm, 40",
    "0.005, um, 5, nm, 400, Angstrom, 0.04",
    "5, nm, 5, nm, 40, sec, NaN",
    "5, nm, 5, nm, 40, pixel, NaN",
    "5, nm, 5, nm, 0, nm, NaN",
    "5, nm, 5, nm, -40, nm, NaN",
    "5, nm, 5, nm, Infinity, nm, NaN",
    "5, nm, 5, nm, NaN, nm, NaN",
    "5, furlong, 5, furlong, 40, furlong, 40",
    "5, furlong, 5, furlong, 40, nm, NaN"
  })
  void lengthsOfDifferentUnitsComeInThatOfX(
      double x, String unitX, double y, String unitY, double z, String unitZ, double expected) {
    VoxelSize size = VoxelSize.ofAxes(x, unitX, y, unitY, z, unitZ);
    assertEquals(new VoxelSize(x, x, expected, unitX), size);
  }

  @ParameterizedTest
  @CsvSource({
    "0, nm, 5, nm",
    "NaN, nm, 5, nm",
    "5, pixel, 5, pixel",
    "5, nm, 5, sec",
    "5, nm, -5, nm"
  })
  void withoutPixelSizeNothingIsKnown(double x, String unitX, double y, String unitY) {
    assertEquals(VoxelSize.UNKNOWN, VoxelSize.ofAxes(x, unitX, y, unitY, 40, "nm"));
  }

  @Test
  void sizesAreComparedInOneUnit() {
    assertEquals(
        new VoxelSize(5, 5, 40, "nm"), new VoxelSize(0.005, 0.005, 0.04, "um").in("nm").get());
    assertTrue(new VoxelSize(5, 5, 40, "nm").in("pixel").isEmpty());
    assertEquals(VoxelSize.UNKNOWN, VoxelSize.UNKNOWN.in("px").get());
    assertFalse(VoxelSize.ofPlane(5, 5, "nm").in("um").get().hasDepth());
  }

  @Test
  void jsonKeepsWhatIsNotKnown() {
    Gson gson = new Gson();
    for (VoxelSize size :
        List.of(
            new VoxelSize(4, 4.6, 50, "\u00b5m"),
            VoxelSize.ofPlane(4, 5, "nm"),
            VoxelSize.UNKNOWN)) {
      assertEquals(size, gson.fromJson(gson.toJson(size), VoxelSize.class));
    }
    assertEquals(
        "{\"x\":4.0,\"y\":4.6,\"z\":50.0,\"unit\":\"nm\"}",
        gson.toJson(new VoxelSize(4, 4.6, 50, "nm")));
    assertThrows(
        JsonParseException.class, () -> gson.fromJson("{\"y\":1,\"z\":1}", VoxelSize.class));
  }
}
