package org.uniem.volumes.stack;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The kinds of image files that slices come in. */
enum ImageKind {
  PNG,
  TIFF,
  JPEG;

  /** The kind that a file's name says. */
  static Optional<ImageKind> ofName(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "png" -> Optional.of(PNG);
      case "tif", "tiff" -> Optional.of(TIFF);
      case "jpg", "jpeg" -> Optional.of(JPEG);
      default -> Optional.empty();
    };
  }

  /**
   * The kind that a file's first bytes say.
   *
   * @throws IOException if the file cannot be read
   */
  static Optional<ImageKind> ofContent(Path path) throws IOException {
    byte[] head;
    try (InputStream in = new FileInputStream(path.toFile())) {
      head = in.readNBytes(4);
    }
    if (head.length < 4) {
      return Optional.empty();
    }
    int number = 0;
    for (byte b : head) {
      number = number << 8 | b & 0xff;
    }
    return switch (number) {
      case 0x89504e47 -> Optional.of(PNG);
      case 0x49492a00, 0x4d4d002a, 0x49492b00, 0x4d4d002b -> Optional.of(TIFF);
      default -> number >>> 8 == 0xffd8ff ? Optional.of(JPEG) : Optional.empty();
    };
  }
}
