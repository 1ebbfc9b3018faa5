package org.uniem.volumes.mrc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** Headers as the programs of the field write them, byte by byte. */
class MrcFilesTest {

  private static final int COUNT = 3 * 2 * 2;

  @TempDir Path folder;

  private ByteBuffer header(int mode, ByteOrder order, int pixelBytes, int extended) {
    ByteBuffer file = ByteBuffer.allocate(1024 + extended + pixelBytes).order(order);
    file.putInt(3).putInt(2).putInt(2).putInt(mode);
    file.putInt(28, 3).putInt(32, 2).putInt(36, 2);
    file.putFloat(40, 120).putFloat(44, 160).putFloat(48, 800);
    file.putInt(64, 1).putInt(68, 2).putInt(72, 3).putInt(88, 1).putInt(92, extended);
    file.position(208);
    file.put("MAP ".getBytes(StandardCharsets.US_ASCII));
    byte stamp = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 0x44 : 0x11);
    file.put(new byte[] {stamp, stamp, 0, 0});
    file.position(1024 + extended);
    return file;
  }

  private Path save(String name, ByteBuffer file) throws IOException {
    return Files.write(folder.resolve(name), file.array());
  }

  private static float[] slice(Path path, int z) {
    try (Volume volume = Volumes.open(path)) {
      float[] slice = new float[6];
      volume.readSlice(z, 0, slice);
      return slice;
    }
  }

  private static String refusal(Path path) {
    return assertThrows(BadInputException.class, () -> Volumes.open(path)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({"1, FLOAT32", "2, FLOAT32", "6, UINT16", "12, FLOAT32"})
  void modesOfBothByteOrdersAreExactWithTheUppermostRowFirst(int mode, PixelType type)
      throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer file = header(mode, order, COUNT * (mode == 2 ? 4 : 2), 0);
      for (int i = 0; i < COUNT; i++) {
        // Half floats of 1, 2, 4, …: the exponent alone.
        switch (mode) {
          case 2 -> file.putFloat(i + 0.5f);
          case 12 -> file.putShort((short) (15 + i << 10));
          default -> file.putShort((short) (i == 0 ? 65535 : i));
        }
      }
      Path path = save("m.mrc", file);
      try (Volume volume = Volumes.open(path)) {
        assertEquals(type, volume.pixelType());
        assertEquals(new VoxelSize(4, 8, 40, "nm"), volume.voxelSize());
      }
      float[] expected =
          switch (mode) {
            case 1 -> new float[] {3, 4, 5, -1, 1, 2};
            case 2 -> new float[] {3.5f, 4.5f, 5.5f, 0.5f, 1.5f, 2.5f};
            case 6 -> new float[] {3, 4, 5, 65535, 1, 2};
            default -> new float[] {8, 16, 32, 1, 2, 4};
          };
      assertArrayEquals(expected, slice(path, 0));
    }
  }

  /** Columns: IMOD's stamp and flags, smallest, largest, what the byte 200 is. */
  @ParameterizedTest
  @CsvSource({
    "1146047817, 1, 0, 255, -56",
    "1146047817, 0, 0, 255, 200",
    "0, 0, -128, 127, -56",
    "0, 0, 0, 255, 200",
    "0, 0, 0, 0, -56",
    "0, 0, 0, NaN, -56"
  })
  void bytesAreSignedAsTheHeaderSays(int stamp, int flags, float min, float max, float expected)
      throws IOException {
    ByteBuffer file = header(0, ByteOrder.LITTLE_ENDIAN, COUNT, 0);
    file.putInt(152, stamp).putInt(156, flags).putFloat(76, min).putFloat(80, max);
    file.put(1024, (byte) 200);
    assertEquals(expected, slice(save("b.rec", file), 0)[3]);
  }

  @Test
  void pixelsOfFourBitsBeginWithTheLowerHalf() throws IOException {
    ByteBuffer file = header(101, ByteOrder.LITTLE_ENDIAN, 8, 0);
    file.put(new byte[] {0x21, 0x03, 0x54, 0x06});
    assertArrayEquals(new float[] {4, 5, 6, 1, 2, 3}, slice(save("p.mrc", file), 0));
  }

  @Test
  void extendedHeaderIsPassedOver() throws IOException {
    ByteBuffer file = header(6, ByteOrder.LITTLE_ENDIAN, COUNT * 2, 768);
    for (int i = 0; i < COUNT; i++) {
      file.putShort((short) i);
    }
    assertArrayEquals(new float[] {9, 10, 11, 6, 7, 8}, slice(save("e.st", file), 1));
  }

  @Test
  void oldFilesWithoutMarkAreKnownByTheirNames() throws IOException {
    ByteBuffer file = header(1, ByteOrder.BIG_ENDIAN, COUNT * 2, 0);
    file.putLong(208, 0).putInt(64, 0).putInt(68, 0).putInt(72, 0);
    assertArrayEquals(new float[6], slice(save("old.map", file), 0));
  }

  /** Columns: cell lengths in Å, space group, sections in a cell, expected. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1, 2, 1, 1, 1, pixel",
    "3, 2, 2, 1, 2, 1, 1, 1, pixel",
    "NaN, 2, 2, 1, 2, 1, 1, 1, pixel",
    "-3, 2, 2, 1, 2, 1, 1, 1, pixel",
    "17.1, 11.4, 100, 1, 2, 0.57, 0.57, 5, nm",
    "12, 8, 8, 0, 1, 0.4, 0.4, NaN, nm",
    "12, 8, 0, 1, 2, 0.4, 0.4, NaN, nm"
  })
  void voxelSizeIsThatOfTheCell(
      float a, float b, float c, int group, int mz, double x, double y, double z, String unit)
      throws IOException {
    ByteBuffer file = header(1, ByteOrder.LITTLE_ENDIAN, COUNT * 2, 0);
    file.putFloat(40, a).putFloat(44, b).putFloat(48, c).putInt(88, group).putInt(36, mz);
    try (Volume volume = Volumes.open(save("v.mrc", file))) {
      assertEquals(new VoxelSize(x, y, z, unit), volume.voxelSize());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12, 4, 'complex numbers, as of a Fourier transform, (mode 4)'",
    "12, 16, 'colours (mode 16)'",
    "64, 3, 'along the axes 3, 2, 3: expected 1, 2, 3'",
    "0, -1, 'it is no MRC file'"
  })
  void whatIsNotReadIsRefusedInWords(int at, int value, String words) throws IOException {
    ByteBuffer file = header(1, ByteOrder.LITTLE_ENDIAN, COUNT * 8, 0);
    String message = refusal(save("r.mrc", file.putInt(at, value)));
    assertTrue(message.contains(words), message);
  }

  @Test
  void severalVolumesAreRefused() throws IOException {
    ByteBuffer file = header(1, ByteOrder.LITTLE_ENDIAN, COUNT * 2, 0);
    String message = refusal(save("s.mrc", file.putInt(88, 401).putInt(36, 1)));
    assertTrue(message.contains("1 of its 2 sections in each"), message);
  }

  @Test
  void truncatedFileIsRefusedWithItsSizes() throws IOException {
    ByteBuffer file = header(2, ByteOrder.LITTLE_ENDIAN, COUNT * 4 - 1, 0);
    String message = refusal(save("t.mrc", file));
    assertTrue(message.contains("it has 1071 bytes, its header promises 1072"), message);
    file.putInt(0, Integer.MAX_VALUE).putInt(4, Integer.MAX_VALUE).putInt(8, Integer.MAX_VALUE);
    assertTrue(refusal(save("t.mrc", file)).contains("its header promises"), message);
  }

  @Test
  void compressedFileIsRefused() throws IOException {
    String message = refusal(Files.createFile(folder.resolve("x.mrc.gz")));
    assertTrue(message.contains("it is compressed. Unpack it first"), message);
  }

  @Test
  void writtenFilesHaveTheLowestRowFirstAndNoBytes() throws IOException {
    Path path = folder.resolve("w.mrc");
    VoxelSize size = new VoxelSize(0.004, 0.008, 0.04, "µm");
    try (VolumeWriter writer =
        Volumes.create(path, new VolumeSpec(3, 2, 1, 1, PixelType.UINT8, size))) {
      writer.writeSlice(new float[] {1, 2, 3, 4, 5, 255});
      writer.commit();
    }
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(1024 + 12, file.capacity());
    assertEquals(6, file.getInt(12));
    assertEquals(120, file.getFloat(40));
    assertEquals(160, file.getFloat(44));
    assertEquals(400, file.getFloat(48));
    assertEquals(1, file.getFloat(76));
    assertEquals(255, file.getFloat(80));
    assertEquals(45, file.getFloat(84));
    assertEquals(20140, file.getInt(108));
    assertEquals(4, file.getShort(1024));
    assertEquals(3, file.getShort(1034));
  }

  @Test
  void planesWithoutDistanceStaySo() {
    Path path = folder.resolve("d.mrc");
    VoxelSize size = VoxelSize.ofPlane(4, 8, "nm");
    VolumeSpec spec = new VolumeSpec(1, 1, 2, 1, PixelType.UINT16, size);
    try (VolumeWriter writer = Volumes.create(path, spec)) {
      writer.writeSlice(new float[1]);
      writer.writeSlice(new float[1]);
      writer.commit();
    }
    try (Volume volume = Volumes.open(path)) {
      assertEquals(spec, Volumes.specOf(volume));
    }
  }

  @Test
  void channelsAreRefused() {
    VolumeSpec spec = new VolumeSpec(1, 1, 1, 3, PixelType.UINT8, VoxelSize.UNKNOWN);
    OutputException e =
        assertThrows(OutputException.class, () -> Volumes.create(folder.resolve("c.mrc"), spec));
    assertTrue(e.getMessage().contains("with 3 channels"), e.getMessage());
  }
}
