package org.uniem.networks.training;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;

/**
 * Reads back what {@link EventWriter} wrote, also while it is being written: each call of {@link
 * #readNew} gives what was added since the last.
 *
 * <p>A truncated tail (the event being written, or what a killed program left) is not an error; it
 * is read once it is complete. Not thread-safe.
 */
final class EventReader {

  private static final int LARGEST_EVENT = 1 << 30;

  private final Path file;
  private long position;

  /**
   * A number.
   *
   * @param tag its name
   * @param step training step
   * @param wallTime seconds since 1970
   * @param value the number
   */
  public record Scalar(String tag, long step, double wallTime, float value) {}

  /**
   * An image.
   *
   * @param tag its name
   * @param step training step
   * @param wallTime seconds since 1970
   * @param width in pixels
   * @param height in pixels
   * @param png the encoded image
   */
  public record Image(String tag, long step, double wallTime, int width, int height, byte[] png) {}

  /**
   * What was read.
   *
   * @param scalars in the order of the file
   * @param images in the order of the file
   * @param graph the last graph, if there was one
   * @param truncated whether the file ends within an event
   */
  public record Events(
      List<Scalar> scalars, List<Image> images, Optional<byte[]> graph, boolean truncated) {}

  /**
   * @param file the event file
   */
  public EventReader(Path file) {
    this.file = file;
  }

  /**
   * Reads a whole file.
   *
   * @throws BadInputException if it cannot be read or is not an event file
   */
  public static Events read(Path file) {
    return new EventReader(file).readNew();
  }

  /**
   * Reads the events added since the last call.
   *
   * @throws BadInputException if the file cannot be read or is damaged before its last event
   */
  public Events readNew() {
    Content content = new Content();
    boolean truncated = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = channel.size();
      while (position < end && !truncated) {
        byte[] event = readEvent(channel, end);
        if (event == null) {
          truncated = true;
        } else {
          content.add(event);
          position += EventRecords.HEADER_BYTES + event.length + EventRecords.FOOTER_BYTES;
        }
      }
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read event file " + file + ": " + WholeFile.reason(e) + ".", e);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw damaged("its event is malformed");
    }
    return new Events(
        List.copyOf(content.scalars),
        List.copyOf(content.images),
        Optional.ofNullable(content.graph),
        truncated);
  }

  /** The event at the position, or null where the file ends before it does. */
  private byte[] readEvent(FileChannel channel, long end) throws IOException {
    if (end - position < EventRecords.HEADER_BYTES) {
      return null;
    }
    ByteBuffer header = fill(channel, EventRecords.HEADER_BYTES, position);
    long length = header.getLong(0);
    if (header.getInt(8) != EventRecords.maskedCrc(header.array(), 0, 8)
        || length < 0
        || length > LARGEST_EVENT) {
      throw damaged("the checksum of a length does not fit");
    }
    long next = position + EventRecords.HEADER_BYTES + length + EventRecords.FOOTER_BYTES;
    if (next > end) {
      return null;
    }
    int count = (int) length;
    ByteBuffer body =
        fill(channel, count + EventRecords.FOOTER_BYTES, position + EventRecords.HEADER_BYTES);
    if (body.getInt(count) != EventRecords.maskedCrc(body.array(), 0, count)) {
      if (next == end) {
        // The file was made longer before its last bytes arrived.
        return null;
      }
      throw damaged("the checksum of an event does not fit");
    }
    byte[] event = new byte[count];
    body.get(0, event);
    return event;
  }

  private static ByteBuffer fill(FileChannel channel, int bytes, long from) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer;
  }

  private BadInputException damaged(String why) {
    return new BadInputException(
        "Event file "
            + file
            + " is damaged or not an event file: at byte "
            + position
            + " "
            + why
            + ".");
  }

  /** Collects what events hold. */
  private static final class Content {

    final List<Scalar> scalars = new ArrayList<>();
    final List<Image> images = new ArrayList<>();
    byte[] graph;
    private double wallTime;
    private long step;

    void add(byte[] event) {
      wallTime = 0;
      step = 0;
      ByteBuffer summary = null;
      EventFields fields = new EventFields(ByteBuffer.wrap(event));
      while (fields.next()) {
        switch (fields.field()) {
          case 1 -> wallTime = Double.longBitsToDouble(fields.number());
          case 2 -> step = fields.number();
          case 4 -> graph = fields.array();
          case 5 -> summary = fields.content();
          default -> {}
        }
      }
      if (summary != null) {
        EventFields entries = new EventFields(summary);
        while (entries.next()) {
          if (entries.field() == 1) {
            addEntry(entries.content());
          }
        }
      }
    }

    private void addEntry(ByteBuffer entry) {
      String tag = "";
      Float value = null;
      ByteBuffer image = null;
      EventFields fields = new EventFields(entry);
      while (fields.next()) {
        switch (fields.field()) {
          case 1 -> tag = fields.text();
          case 2 -> value = Float.intBitsToFloat((int) fields.number());
          case 4 -> image = fields.content();
          default -> {}
        }
      }
      if (value != null) {
        scalars.add(new Scalar(tag, step, wallTime, value));
      }
      if (image != null) {
        addImage(tag, image);
      }
    }

    private void addImage(String tag, ByteBuffer image) {
      int width = 0;
      int height = 0;
      byte[] png = {};
      EventFields fields = new EventFields(image);
      while (fields.next()) {
        switch (fields.field()) {
          case 1 -> height = (int) fields.number();
          case 2 -> width = (int) fields.number();
          case 4 -> png = fields.array();
          default -> {}
        }
      }
      images.add(new Image(tag, step, wallTime, width, height, png));
    }
  }
}
