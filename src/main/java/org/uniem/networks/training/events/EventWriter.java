package org.uniem.networks.training.events;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import javax.imageio.ImageIO;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;

/**
 * Writes a TensorBoard event file: scalars, images and the graph.
 *
 * <p>Each event is handed to the system as one write as soon as it is given, so a reader can follow
 * and a killed program loses at most the event being written. Thread-safe.
 */
public final class EventWriter implements AutoCloseable {

  private static final String FILE_VERSION = "brain.Event:2";

  private final Path file;
  private final FileChannel channel;
  private final Clock clock;

  /**
   * Starts a new file {@code events.out.tfevents.<time>.<host>}.
   *
   * @param folder created if it does not exist; other event files in it are left alone, TensorBoard
   *     shows them together
   * @throws OutputException if the file cannot be created
   */
  public EventWriter(Path folder) {
    this(folder, Clock.systemUTC(), hostName());
  }

  EventWriter(Path folder, Clock clock, String host) {
    this.clock = clock;
    Path candidate = folder.resolve("events.out.tfevents." + clock.millis() / 1000 + "." + host);
    try {
      Files.createDirectories(folder);
      FileChannel opened = null;
      Path path = candidate;
      for (int i = 1; opened == null; i++) {
        try {
          opened = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
          path = candidate.resolveSibling(candidate.getFileName() + "." + i);
        }
      }
      file = path;
      channel = opened;
    } catch (IOException e) {
      throw new OutputException(
          "Cannot create event file " + candidate + ": " + WholeFile.reason(e) + ".", e);
    }
    try {
      write(event(0).textField(3, FILE_VERSION));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** The file being written. */
  public Path file() {
    return file;
  }

  /**
   * Writes a number.
   *
   * @param tag its name, with slashes for groups, such as {@code "loss/training"}
   * @param step training step
   * @param value stored as 32-bit float
   */
  public void scalar(String tag, long step, double value) {
    EventRecords.Message entry =
        new EventRecords.Message().textField(1, tag).floatField(2, (float) value);
    write(event(step).bytesField(5, summary(entry)));
  }

  /**
   * Writes an image as PNG.
   *
   * @param tag its name
   * @param step training step
   * @param image grey or RGB, with or without alpha
   */
  public void image(String tag, long step, BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", png)) {
        throw new IllegalArgumentException("No PNG writer knows images of type " + image + ".");
      }
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory failed.", e);
    }
    EventRecords.Message content =
        new EventRecords.Message()
            .longField(1, image.getHeight())
            .longField(2, image.getWidth())
            // TensorBoard's colour space numbers are the numbers of components.
            .longField(3, image.getColorModel().getNumComponents())
            .bytesField(4, png.toByteArray());
    EventRecords.Message entry =
        new EventRecords.Message().textField(1, tag).bytesField(4, content.bytes());
    write(event(step).bytesField(5, summary(entry)));
  }

  /**
   * Writes the graph.
   *
   * @param graphDef a serialised TensorFlow GraphDef
   */
  public void graph(byte[] graphDef) {
    write(event(0).bytesField(4, graphDef));
  }

  /**
   * Brings what was written to the disk.
   *
   * @throws OutputException if that fails
   */
  public void flush() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private EventRecords.Message event(long step) {
    EventRecords.Message event = new EventRecords.Message().doubleField(1, clock.millis() / 1000.0);
    return step == 0 ? event : event.longField(2, step);
  }

  private static byte[] summary(EventRecords.Message entry) {
    return new EventRecords.Message().bytesField(1, entry.bytes()).bytes();
  }

  private synchronized void write(EventRecords.Message event) {
    try {
      WholeFile.writeAll(channel, ByteBuffer.wrap(EventRecords.frame(event.bytes())));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private OutputException failure(IOException e) {
    return new OutputException(
        "Cannot write event file "
            + file
            + ": "
            + WholeFile.reason(e)
            + ". Check that the place is writable and has room.",
        e);
  }

  /** The name of this computer, of letters, digits, points and dashes. */
  public static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "_");
    } catch (UnknownHostException e) {
      // The name only tells files of several machines apart.
      return "localhost";
    }
  }
}
