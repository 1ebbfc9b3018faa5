package org.uniem.viewers.filling;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.GrowingObject;
import org.uniem.floodfilling.scene.VoxelPosition;

/**
 * Leaves a picture of the object that grows beside the subvolumes, once a second, as long as
 * somebody looks: a file there says so. So it costs next to nothing where nobody does, and it does
 * not matter in which process the network runs. Thread-safe.
 *
 * <p>With several subvolumes in flight it stays with one of them as long as that grows.
 */
public final class FillingPreview implements FillingListener, AutoCloseable {

  private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(1);
  private static final long NANOS_OF_PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final Path folder;
  private final Consumer<String> complaints;
  private final ReentrantLock drawing = new ReentrantLock();
  private volatile long last = System.nanoTime() - NANOS_BETWEEN;
  private Optional<VoxelPosition> box = Optional.empty();
  private boolean failed;

  /**
   * Draws nothing yet.
   *
   * @param folder of the subvolumes
   * @param complaints receives a sentence if pictures cannot be written; objects grow on
   */
  public FillingPreview(Path folder, Consumer<String> complaints) {
    this.folder = folder;
    this.complaints = complaints;
  }

  /** The picture. */
  static Path picture(Path folder) {
    return folder.resolve("preview.png");
  }

  /** The file that says that somebody looks. */
  static Path wish(Path folder) {
    return folder.resolve("preview-wanted");
  }

  @Override
  public void grown(GrowingObject object) {
    if (System.nanoTime() - last < NANOS_BETWEEN || !drawing.tryLock()) {
      return;
    }
    try {
      long now = System.nanoTime();
      VoxelPosition origin = object.scene().origin();
      if (failed
          || box.isPresent() && !origin.equals(box.get()) && now - last < NANOS_OF_PATIENCE) {
        return;
      }
      if (Files.exists(wish(folder))) {
        write(GrowthPicture.of(object));
        box = Optional.of(origin);
      }
      // Counted from the end: drawing never takes all the time.
      last = System.nanoTime();
    } finally {
      drawing.unlock();
    }
  }

  private void write(BufferedImage image) {
    Path partial = folder.resolve("preview.partial");
    try {
      ImageIO.write(image, "png", partial.toFile());
      // Not synchronised with the disk, as all else that appears whole: it lasts a second.
      Files.move(partial, picture(folder), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      failed = true;
      complaints.accept("No preview: " + e.getMessage());
    }
  }

  /** Removes the picture and the wish for it. */
  @Override
  public void close() {
    drawing.lock();
    try {
      failed = true;
      Files.deleteIfExists(picture(folder));
      Files.deleteIfExists(wish(folder));
    } catch (IOException e) {
      complaints.accept("The preview is left in " + folder + ": " + e.getMessage());
    } finally {
      drawing.unlock();
    }
  }
}
