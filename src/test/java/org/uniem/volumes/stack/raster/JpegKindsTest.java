package org.uniem.volumes.stack.raster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uniem.job.BadInputException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/** On images of 8 × 8 equal pixels, which JPEG stores without loss. */
class JpegKindsTest {

  /** Brightness and colour differences of about (200, 100, 50). */
  private static final int[] DIFFERENCES = {124, 86, 182};

  private static final int[] AS_COLOURS = {200, 100, 50};

  @TempDir Path folder;

  /** One block per component; names are the components' identifiers. */
  private static byte[] jpeg(int marker, int bits, String names, int[] values, byte[]... segments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, 0xff, 0xd8);
    for (byte[] segment : segments) {
      out.writeBytes(segment);
    }
    write(out, 0xff, 0xdb, 0, 67, 0);
    out.writeBytes(filled(64, 1));
    int n = names.length();
    write(out, 0xff, marker, 0, 8 + 3 * n, bits, 0, 8, 0, 8, n);
    names.chars().forEach(name -> write(out, name, 0x11, 0));
    // Differences of the mean: categories 0 … 11 in four bits each. Others: the end alone, one bit.
    write(out, 0xff, 0xc4, 0, 31, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    write(out, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    write(out, 0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    write(out, 0xff, 0xda, 0, 6 + 2 * n, n);
    names.chars().forEach(name -> write(out, name, 0));
    write(out, 0, 63, 0);
    StringBuilder code = new StringBuilder();
    for (int value : values) {
      int mean = 8 * (value - 128);
      int category = 32 - Integer.numberOfLeadingZeros(Math.abs(mean));
      code.append(binary(category, 4));
      code.append(binary(mean < 0 ? mean + (1 << category) - 1 : mean, category)).append('0');
    }
    while (code.length() % 8 != 0) {
      code.append('1');
    }
    for (int i = 0; i < code.length(); i += 8) {
      int b = Integer.parseInt(code.substring(i, i + 8), 2);
      write(out, b);
      if (b == 0xff) {
        write(out, 0);
      }
    }
    write(out, 0xff, 0xd9);
    return out.toByteArray();
  }

  private static String binary(int value, int digits) {
    StringBuilder text = new StringBuilder();
    for (int i = digits - 1; i >= 0; i--) {
      text.append(value >> i & 1);
    }
    return text.toString();
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void write(ByteArrayOutputStream out, int... values) {
    for (int value : values) {
      out.write(value);
    }
  }

  private static byte[] segment(int marker, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, 0xff, marker, 0, text.length() + 2);
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return out.toByteArray();
  }

  private static byte[] jfif() {
    return segment(0xe0, "JFIF\0\1\1\0\0\1\0\1\0\0");
  }

  private static byte[] adobe(int transform) {
    return segment(0xee, "Adobe\0\u0064\0\0\0\0" + (char) transform);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.jpg"), bytes);
  }

  private float[] read(byte[] bytes) throws IOException {
    try (Volume volume = Volumes.open(file(bytes))) {
      float[] first = new float[volume.channels()];
      float[] slice = new float[64];
      for (int c = 0; c < first.length; c++) {
        volume.readSlice(0, c, slice);
        first[c] = slice[63];
      }
      return first;
    }
  }

  private String refused(byte[] bytes) throws IOException {
    Path path = file(bytes);
    return assertThrows(
            BadInputException.class,
            () -> {
              try (Volume volume = Volumes.open(path)) {
                volume.readSlice(0, 0, new float[64]);
              }
            })
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 77, 128, 255})
  void greyIsWhatIsStoredWhateverStandsBesideIt(int value) throws IOException {
    int[] values = {value};
    float[] expected = {value};
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\1", values)), "nothing");
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\1", values, jfif())), "JFIF");
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\0", values, adobe(0))), "Adobe");
    byte[] profile = segment(0xe2, "ICC_PROFILE\0\1\1 damaged");
    assertArrayEquals(expected, read(jpeg(0xc1, 8, "G", values, profile)), "profile");
    byte[] comment = segment(0xfe, "with a marker \u00ff\u00da inside");
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\1", values, comment)), "comment");
  }

  @Test
  void coloursAreTurnedBackWhereTheFileSaysOrMeansSo() throws IOException {
    float[] expected = {200, 100, 50};
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\1\2\3", DIFFERENCES, jfif())), 2, "JFIF");
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\1\2\3", DIFFERENCES, adobe(1))), 2, "Adobe");
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\1\2\3", DIFFERENCES)), 2, "neither");
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\0\1\2", DIFFERENCES)), 2, "from 0");
    byte[] both = jpeg(0xc0, 8, "\1\2\3", DIFFERENCES, jfif(), adobe(0));
    assertArrayEquals(expected, read(both), 2, "JFIF goes before Adobe");
  }

  @Test
  void redGreenAndBlueAreLeftAsTheyAre() throws IOException {
    float[] expected = {200, 100, 50};
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "\1\2\3", AS_COLOURS, adobe(0))), "Adobe");
    assertArrayEquals(expected, read(jpeg(0xc0, 8, "RGB", AS_COLOURS)), "named");
  }

  @ParameterizedTest
  @CsvSource({
    "0xc1, 12, 1, has 12 bits per value",
    "0xc0, 8, 4, four inks (CMYK)",
    "0xc2, 8, 4, four inks (CMYK)",
    "0xc0, 8, 2, has 2 components",
    "0xc3, 8, 1, lossless",
    "0xc9, 8, 1, arithmetic",
    "0xcb, 16, 1, arithmetic"
  })
  void otherKindsAreRefusedInWords(String marker, int bits, int components, String words)
      throws IOException {
    String names = "\1\2\3\4".substring(0, components);
    int[] values = new int[components];
    String message = refused(jpeg(Integer.decode(marker), bits, names, values, adobe(2)));
    assertTrue(message.contains(words), message);
    assertTrue(message.contains("a.jpg: it "), message);
    assertTrue(!message.contains("Copy it again"), message);
  }

  @Test
  void pixelsThatAreMissingAreNotMadeUp() throws IOException {
    byte[] whole = jpeg(0xc0, 8, "\1\2\3", AS_COLOURS, adobe(0));
    byte[] cut = Arrays.copyOf(whole, whole.length - 4);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    String message = refused(cut);
    assertTrue(message.contains("its data are damaged"), message);
  }

  @Test
  void sizeThatTheFileCannotHoldIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] whole = jpeg(0xc0, 8, "\1", new int[] {9});
    int frame = 2 + 69;
    whole[frame + 5] = 0x20;
    whole[frame + 7] = 0x20;
    String message = refused(whole);
    assertTrue(message.contains("bytes cannot hold 8200 x 8200 pixels"), message);
  }
}
