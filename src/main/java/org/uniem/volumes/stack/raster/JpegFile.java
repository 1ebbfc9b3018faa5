package org.uniem.volumes.stack.raster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.storage.FileBytes;

/**
 * A JPEG file, grey or colour, sequential or progressive.
 *
 * <p>Whether three components are brightness and colour differences or red, green and blue is told
 * as by the IJG library: JFIF means the former, else Adobe's marker tells, else components named R,
 * G and B are the latter. Source: ITU-T T.81, T.871 and T.872.
 *
 * @param shape size and type as decoded
 */
record JpegFile(Path path, PlaneShape shape) implements RasterFile {

  private static final int START_OF_SCAN = 0xffda;
  private static final int MOST_SEGMENTS = 100_000;

  /** Adobe's marker; its last byte says whether colours were turned into differences. */
  private static final byte[] ADOBE = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  /** What the segments before the pixels say. */
  private static final class Head {
    private PlaneShape shape;
    private String componentNames = "";
    private boolean jfif;
    private int adobeTransform = -1;

    private boolean hasColourDifferences() {
      if (jfif) {
        return true;
      }
      return adobeTransform >= 0 ? adobeTransform != 0 : !componentNames.equals("RGB");
    }
  }

  static JpegFile open(Path path, FileBytes file) throws IOException {
    if (ByteBuffer.wrap(file.read(0, 2)).getShort() != (short) 0xffd8) {
      throw new IOException("it is not a JPEG file");
    }
    long at = 2;
    for (int n = 0; n < MOST_SEGMENTS; n++) {
      ByteBuffer segment = ByteBuffer.wrap(file.read(at, 4));
      int marker = segment.getShort() & 0xffff;
      int length = segment.getShort() & 0xffff;
      requireMarker(marker, at);
      if (marker == 0xffff) {
        at++;
        continue;
      }
      if (isFrame(marker)) {
        Head head = new Head();
        readFrame(head, marker, file.read(at + 4, Math.max(0, length - 2)), file.length());
        return new JpegFile(path, head.shape);
      }
      if (marker == START_OF_SCAN) {
        break;
      }
      at += 2 + length;
    }
    throw new IOException("its header is missing");
  }

  private static void requireMarker(int marker, long at) throws IOException {
    if (marker >>> 8 != 0xff) {
      throw new IOException("no JPEG marker at byte " + at);
    }
  }

  /** Start of frame: C0 to CF, except the tables DHT, JPG and DAC between them. */
  private static boolean isFrame(int marker) {
    return marker >= 0xffc0
        && marker <= 0xffcf
        && marker != 0xffc4
        && marker != 0xffc8
        && marker != 0xffcc;
  }

  private static void readFrame(Head head, int marker, byte[] frame, long fileLength)
      throws IOException {
    if (marker > 0xffc2) {
      throw new OtherKindException(
          "it is a JPEG of a kind that is not read ("
              + (marker == 0xffc3 ? "lossless" : "arithmetic, lossless or hierarchical")
              + " coding). Save it as PNG or TIFF");
    }
    if (frame.length < 6 || frame.length < 6 + 3 * (frame[5] & 0xff)) {
      throw new IOException("its header is damaged");
    }
    if (frame[0] != 8) {
      throw new OtherKindException(
          "it has "
              + (frame[0] & 0xff)
              + " bits per value, JPEG is read with 8. Save it as PNG or TIFF of 16 bits");
    }
    int components = frame[5] & 0xff;
    if (components == 4) {
      throw new OtherKindException(
          "it has four inks (CMYK), expected grey or red, green and blue. Convert it to grey");
    }
    if (components != 1 && components != 3) {
      throw new OtherKindException(
          "it has " + components + " components, expected 1 or 3. Convert it to grey");
    }
    ByteBuffer size = ByteBuffer.wrap(frame);
    int height = size.getShort(1) & 0xffff;
    int width = size.getShort(3) & 0xffff;
    RasterFile.requireSize(width, height);
    // Each block of 8 x 8 pixels takes one bit or more.
    if ((long) width * height / 512 > fileLength) {
      throw new IOException(
          "its " + fileLength + " bytes cannot hold " + width + " x " + height + " pixels");
    }
    head.shape = new PlaneShape(width, height, components, PixelType.UINT8);
    StringBuilder names = new StringBuilder();
    for (int c = 0; c < components; c++) {
      names.append((char) (frame[6 + 3 * c] & 0xff));
    }
    head.componentNames = names.toString();
  }

  @Override
  public Plane read() throws IOException {
    byte[] bytes;
    try (FileBytes file = new FileBytes(path)) {
      bytes = file.read(0, file.length());
    }
    requireEnd(bytes);
    return BuiltInReader.plane(BuiltInReader.decode("JPEG", pixelsAlone(bytes)), shape, 1);
  }

  /** The decoder fills what is missing at the end with grey. */
  private static void requireEnd(byte[] bytes) throws IOException {
    int last = bytes.length - 2;
    while (last >= Math.max(0, bytes.length - 4096)) {
      if ((bytes[last] & 0xff) == 0xff && (bytes[last + 1] & 0xff) == 0xd9) {
        return;
      }
      last--;
    }
    throw new IOException("its end is missing after " + bytes.length + " bytes");
  }

  /**
   * The file without comments, previews, profiles and what else applications put into it, but with
   * a marker that tells the decoder what the components are: it guesses otherwise than others do.
   */
  private static byte[] pixelsAlone(byte[] bytes) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length + ADOBE.length);
    Head head = new Head();
    int at = 2;
    while (at + 4 <= bytes.length) {
      int marker = file.getShort(at) & 0xffff;
      requireMarker(marker, at);
      if (marker == 0xffff) {
        at++;
        continue;
      }
      if (marker == START_OF_SCAN && head.shape != null) {
        return joined(head, kept, bytes, at);
      }
      int end = at + 2 + (file.getShort(at + 2) & 0xffff);
      if (end > bytes.length || end < at + 4) {
        break;
      }
      if (marker >= 0xffe0 && marker <= 0xffef || marker == 0xfffe) {
        readApplication(head, marker, bytes, at + 4, end);
      } else {
        kept.write(bytes, at, end - at);
      }
      if (isFrame(marker)) {
        byte[] frame = Arrays.copyOfRange(bytes, at + 4, end);
        readFrame(head, marker, frame, bytes.length);
      }
      at = end;
    }
    throw new IOException("its pixels are missing");
  }

  private static void readApplication(Head head, int marker, byte[] bytes, int from, int end) {
    String text = new String(bytes, from, Math.min(5, end - from), StandardCharsets.ISO_8859_1);
    if (marker == 0xffe0 && text.equals("JFIF\0")) {
      head.jfif = true;
    } else if (marker == 0xffee && text.equals("Adobe") && end - from >= 12) {
      head.adobeTransform = bytes[from + 11] & 0xff;
    }
  }

  private static byte[] joined(Head head, ByteArrayOutputStream kept, byte[] bytes, int scan) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.length + ADOBE.length);
    whole.write(bytes, 0, 2);
    if (head.shape.channels() == 3) {
      byte[] adobe = ADOBE.clone();
      adobe[adobe.length - 1] = (byte) (head.hasColourDifferences() ? 1 : 0);
      whole.writeBytes(adobe);
    }
    whole.writeBytes(kept.toByteArray());
    whole.write(bytes, scan, bytes.length - scan);
    return whole.toByteArray();
  }
}
