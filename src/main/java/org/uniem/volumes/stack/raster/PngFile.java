package org.uniem.volumes.stack.raster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;
import org.uniem.volumes.storage.FileBytes;

/**
 * A PNG file.
 *
 * <p>Values are those stored: gamma, colour profiles and transparency are left out. Grey of 1, 2
 * and 4 bits is spread over 0 … 255 as the specification has it, so that 1-bit images are 0 and
 * 255. Source: PNG Specification, Third Edition, W3C 2025.
 *
 * @param header size, bits and colour type
 * @param palette empty where pixels are no indices
 * @param voxelSizeText as in {@link RasterFile}
 * @param hasTransparency as in {@link RasterFile}
 */
record PngFile(
    Path path,
    PngHeader header,
    Optional<Palette> palette,
    String voxelSizeText,
    boolean hasTransparency)
    implements RasterFile {

  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int TRNS = 0x74524e53;
  private static final int TEXT = 0x74455874;
  private static final int ANIMATION = 0x6163544c;
  private static final Set<Integer> KNOWN = Set.of(IHDR, PLTE, IDAT, IEND);

  private static final int AROUND_CHUNK = 12;
  private static final int MOST_CHUNKS = 100_000;

  static PngFile open(Path path, FileBytes file) throws IOException {
    PngHeader header = PngHeader.of(file.read(0, PngHeader.BYTES), file.length());
    Optional<Palette> palette = Optional.empty();
    String voxelSize = "";
    boolean transparency = header.hasAlpha();
    long at = PngHeader.BYTES;
    for (int n = 0; n < MOST_CHUNKS; n++) {
      ByteBuffer chunk = ByteBuffer.wrap(file.read(at, 8));
      long length = chunk.getInt(0) & 0xffffffffL;
      switch (chunk.getInt(4)) {
        case IDAT -> {
          if (header.isIndexed() && palette.isEmpty()) {
            throw new IOException("its palette is missing");
          }
          return new PngFile(path, header, palette, voxelSize, transparency);
        }
        case PLTE ->
            palette = header.isIndexed() ? Optional.of(palette(file, at, length)) : palette;
        case TRNS -> transparency = true;
        case ANIMATION -> requireOneFrame(file.read(at + 8, Math.min(length, 4)));
        case TEXT -> voxelSize = voxelSize.isEmpty() ? text(file, at, length) : voxelSize;
        default -> {}
      }
      at += length + AROUND_CHUNK;
    }
    throw new IOException("there are no pixels in its first " + MOST_CHUNKS + " chunks");
  }

  private static Palette palette(FileBytes file, long at, long length) throws IOException {
    if (length == 0 || length % 3 != 0 || length > 3 * 256) {
      throw new IOException("its palette has " + length + " bytes: expected 3 for each colour");
    }
    byte[] rgb = file.read(at + 8, length);
    int[] colours = new int[rgb.length / 3];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
    }
    return new Palette(colours);
  }

  private static String text(FileBytes file, long at, long length) throws IOException {
    String text = new String(file.read(at + 8, length), StandardCharsets.ISO_8859_1);
    String key = VOXEL_SIZE_KEY + '\0';
    return text.startsWith(key) ? text.substring(key.length()) : "";
  }

  private static void requireOneFrame(byte[] content) throws IOException {
    int frames = content.length < 4 ? 0 : ByteBuffer.wrap(content).getInt();
    if (frames != 1) {
      throw new OtherKindException(
          "it is an animation of "
              + frames
              + " images, expected one. Save them as a TIFF stack, for example with Fiji");
    }
  }

  @Override
  public PlaneShape shape() {
    return header.shape();
  }

  @Override
  public Plane read() throws IOException {
    byte[] bytes;
    try (FileBytes file = new FileBytes(path)) {
      bytes = file.read(0, file.length());
    }
    PngHeader found = PngHeader.of(bytes, bytes.length);
    Plane plane =
        BuiltInReader.plane(
            BuiltInReader.decode("PNG", pixelsAlone(bytes)), found.shape(), found.greyStep());
    if (palette.isPresent()) {
      requireColours(plane, palette.get().size());
    }
    return plane;
  }

  /**
   * The file without what would make the decoder change values, or fail for reasons other than the
   * pixels.
   */
  private static byte[] pixelsAlone(byte[] bytes) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    kept.write(bytes, 0, 8);
    int at = 8;
    while (at + AROUND_CHUNK <= bytes.length) {
      long length = file.getInt(at) & 0xffffffffL;
      if (length > bytes.length - at - AROUND_CHUNK) {
        break;
      }
      int size = (int) length;
      int name = file.getInt(at + 4);
      if (isCritical(name)) {
        requireIntact(bytes, at, size, name);
        kept.write(bytes, at, size + AROUND_CHUNK);
      }
      if (name == IEND) {
        return kept.toByteArray();
      }
      at += size + AROUND_CHUNK;
    }
    throw new IOException("its end is missing after " + bytes.length + " bytes");
  }

  /** A capital first letter. */
  private static boolean isCritical(int name) {
    return (name & 0x20000000) == 0;
  }

  private static void requireIntact(byte[] bytes, int at, int size, int name) throws IOException {
    String word = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
    if (!KNOWN.contains(name)) {
      throw new IOException(
          "it has a part " + word + " that is not of PNG, and cannot be left out");
    }
    CRC32 sum = new CRC32();
    sum.update(bytes, at + 4, size + 4);
    if ((int) sum.getValue() != ByteBuffer.wrap(bytes).getInt(at + 8 + size)) {
      throw new IOException("its part " + word + " at byte " + at + " has a wrong checksum");
    }
  }

  private static void requireColours(Plane plane, int colours) throws IOException {
    for (byte index : (byte[]) plane.channel(0)) {
      if ((index & 0xff) >= colours) {
        throw new IOException(
            "a pixel has colour " + (index & 0xff) + " of a palette of " + colours + " colours");
      }
    }
  }
}
