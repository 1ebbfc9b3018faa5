package org.uniem.viewers.filling;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.uniem.floodfilling.subvolumes.SegmentationFolder;

/**
 * Asks for pictures of a filling and reads those that are new. Not thread-safe.
 *
 * <p>What cannot be read, as it is just being replaced or removed, is passed over.
 */
final class PreviewFollower implements AutoCloseable {

  private final Path folder;
  private FileTime seen = FileTime.fromMillis(0);

  /**
   * @param folder of the subvolumes; need not exist yet
   */
  PreviewFollower(Path folder) {
    this.folder = folder;
  }

  /**
   * Asks for pictures, once the filling has begun, and looks for one.
   *
   * @return empty where there is none that was not seen before
   */
  Optional<BufferedImage> look() throws IOException {
    // Before, the folder may yet be refused, and must not be made here.
    if (!SegmentationFolder.isBegun(folder)) {
      return Optional.empty();
    }
    if (!Files.exists(FillingPreview.wish(folder))) {
      Files.write(FillingPreview.wish(folder), new byte[0]);
    }
    Path picture = FillingPreview.picture(folder);
    if (!Files.exists(picture)) {
      return Optional.empty();
    }
    FileTime time = Files.getLastModifiedTime(picture);
    if (time.equals(seen)) {
      return Optional.empty();
    }
    seen = time;
    return Optional.ofNullable(ImageIO.read(picture.toFile()));
  }

  /** Asks for pictures no longer. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(FillingPreview.wish(folder));
  }
}
