package org.uniem.volumes.codecs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What other programs make of a chunk: streams, several frames, damage. */
class StreamsTest {

  private static final int SIZE = 5000;

  /** A skippable frame of three bytes, as some programs put before the content. */
  private static final byte[] SKIPPABLE = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};

  private static final byte[] RAW = new byte[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      RAW[i] = (byte) (i * i / 7);
    }
  }

  private final Zstandard zstd = new Zstandard(3);

  /** A frame that does not tell the size of its content. */
  private static byte[] streamed(byte[] raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(bytes)) {
      out.write(raw);
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part, 0, part.length);
    }
    return bytes.toByteArray();
  }

  private static String refusal(Codec codec, byte[] encoded, int limit) {
    return assertThrows(IOException.class, () -> codec.decode(encoded, limit)).getMessage();
  }

  @Test
  void frameWithoutItsSizeIsRead() throws IOException {
    assertArrayEquals(RAW, zstd.decode(streamed(RAW), SIZE));
    assertArrayEquals(RAW, zstd.decode(streamed(RAW), SIZE + 77));
  }

  @Test
  void allFramesAreRead() throws IOException {
    byte[] head = Arrays.copyOf(RAW, 1234);
    byte[] tail = Arrays.copyOfRange(RAW, 1234, SIZE);
    assertArrayEquals(RAW, zstd.decode(joined(Zstd.compress(head, 1), streamed(tail)), SIZE));
    assertArrayEquals(RAW, zstd.decode(joined(streamed(head), Zstd.compress(tail, 1)), SIZE));
    assertArrayEquals(
        RAW, zstd.decode(joined(Zstd.compress(head, 1), Zstd.compress(tail, 1)), SIZE));
    byte[] nothing = Zstd.compress(new byte[0], 1);
    assertArrayEquals(RAW, zstd.decode(joined(nothing, streamed(RAW), nothing), SIZE));
  }

  @Test
  void skippableFramesAreSkipped() throws IOException {
    assertArrayEquals(RAW, zstd.decode(joined(SKIPPABLE, streamed(RAW), SKIPPABLE), SIZE));
    assertArrayEquals(RAW, zstd.decode(joined(SKIPPABLE, Zstd.compress(RAW, 1)), SIZE));
  }

  @Test
  void moreThanAChunkIsRefusedWhetherTheFrameTellsItsSizeOrNot() throws IOException {
    String expected = "its content is larger than the 4999 bytes of a chunk";
    assertTrue(refusal(zstd, streamed(RAW), SIZE - 1).equals(expected));
    assertTrue(refusal(zstd, Zstd.compress(RAW, 1), SIZE - 1).equals(expected));
    assertTrue(refusal(zstd, joined(streamed(RAW), streamed(RAW)), SIZE + 1).contains("larger"));
  }

  @Test
  void damageIsSaidInWords() throws IOException {
    byte[] stream = streamed(RAW);
    String cut = "its Zstandard data end too soon, or something else follows them";
    assertTrue(refusal(zstd, Arrays.copyOf(stream, stream.length - 9), SIZE).equals(cut));
    assertTrue(refusal(zstd, Arrays.copyOf(stream, 3), SIZE).equals(cut));
    assertTrue(refusal(zstd, Arrays.copyOf(stream, stream.length + 9), SIZE).equals(cut));
    assertTrue(refusal(zstd, RAW, SIZE).equals("it does not begin as Zstandard data do"));
    assertTrue(refusal(zstd, new byte[0], SIZE).contains("it is empty"));
    byte[] damaged = stream.clone();
    damaged[40] ^= 55;
    damaged[60] ^= 99;
    String message = refusal(zstd, damaged, SIZE);
    assertTrue(message.startsWith("its Zstandard data are damaged ("), message);
  }

  @Test
  void headerThatPromisesTooMuchTakesNoMemory() {
    byte[] header = {0x28, -75, 0x2f, -3, -32, -1, -1, -1, -1, -1, -1, -1, 0x7f, 1, 0, 0};
    assertTrue(refusal(zstd, header, SIZE).contains("Zstandard"));
  }

  @Test
  void frameWithoutItsSizeInsideBloscIsRead() throws IOException {
    byte[] frame = streamed(RAW);
    ByteBuffer bytes = ByteBuffer.allocate(24 + frame.length).order(ByteOrder.LITTLE_ENDIAN);
    // Zstandard, not split, not shuffled, one block.
    bytes.put(new byte[] {2, 1, (byte) (4 << 5 | 16), 1}).putInt(SIZE).putInt(SIZE);
    bytes.putInt(bytes.capacity()).putInt(20).putInt(frame.length).put(frame);
    assertArrayEquals(RAW, new Blosc("zstd", 1, 1).decode(bytes.array(), SIZE));
    bytes.put(24, (byte) 0);
    assertTrue(refusal(new Blosc("zstd", 1, 1), bytes.array(), SIZE).contains("Zstandard"));
  }

  @Test
  void allMembersOfGzipAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int part = 0; part < 5; part++) {
      try (OutputStream out = new GZIPOutputStream(bytes)) {
        out.write(RAW, 1000 * part, 1000);
      }
    }
    Codec gzip = new Deflate(true, 1);
    assertArrayEquals(RAW, gzip.decode(bytes.toByteArray(), SIZE));
    assertTrue(refusal(gzip, bytes.toByteArray(), SIZE - 1).contains("larger than the 4999"));
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20);
    assertTrue(refusal(gzip, cut, SIZE).equals("its gzip data end too soon"));
    assertTrue(refusal(gzip, RAW, SIZE).startsWith("its gzip data are damaged ("));
  }

  @Test
  void damagedZlibIsSaidInWords() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(RAW);
    }
    Codec zlib = new Deflate(false, 1);
    assertArrayEquals(RAW, zlib.decode(bytes.toByteArray(), SIZE));
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20);
    assertTrue(refusal(zlib, cut, SIZE).equals("its zlib data end too soon"));
    byte[] damaged = bytes.toByteArray();
    damaged[0] ^= 1;
    assertTrue(refusal(zlib, damaged, SIZE).startsWith("its zlib data are damaged ("));
  }
}
