package org.uniem.networks.training.events;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;

/**
 * Reads a TensorBoard event file, also while it is being written: each call of {@link #readNew}
 * gives what was added since the last.
 *
 * <p>A truncated tail (the event being written, or what a killed program left) is not an error; it
 * is read once it is complete. Images and graphs are not loaded: only their places are told, and of
 * events larger than {@value #WINDOW_BYTES} bytes that others follow, the checksum is looked at
 * when their content is read. Memory does not depend on the size of the file, except for its last
 * event. Not thread-safe.
 *
 * <p>Source: tensorflow/core/util/event.proto, framework/summary.proto. Scalars are those of
 * TensorFlow 1 ({@code simple_value}), as {@link EventWriter} writes them. Of a large event that
 * holds several values, only those up to the first large one are seen.
 */
public final class EventReader {

  /** What is read of a file at a time. */
  static final int WINDOW_BYTES = 1 << 16;

  private final Path file;
  private long position;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  /** Receives what was read, in the order of the file. */
  public interface Visitor {

    /**
     * A number.
     *
     * @param tag its name
     * @param step training step
     * @param wallTime seconds since 1970
     * @param value the number
     */
    void scalar(String tag, long step, double wallTime, float value);

    /**
     * An image.
     *
     * @param tag its name
     * @param step training step
     * @param wallTime seconds since 1970
     * @param content where the encoded image, a PNG, is
     */
    void image(String tag, long step, double wallTime, EventContent content);

    /**
     * A graph; ignored by default.
     *
     * @param content where the serialised GraphDef is
     */
    default void graph(EventContent content) {}
  }

  /**
   * @param file the event file
   */
  public EventReader(Path file) {
    this.file = file;
  }

  /** The event file. */
  public Path file() {
    return file;
  }

  /** Bytes read so far: up to here all events are whole. */
  public long position() {
    return position;
  }

  /**
   * Reads the events added since the last call. An event that fails is met again by the next call.
   *
   * @param visitor receives them
   * @return whether the file ends with its last event, not within it
   * @throws BadInputException if the file cannot be read, has become shorter or is damaged before
   *     its last event; says at which byte
   */
  public boolean readNew(Visitor visitor) {
    window = ByteBuffer.allocate(0);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = channel.size();
      if (end < position) {
        throw damaged("the file ends at byte " + end + ", it became shorter");
      }
      while (position < end) {
        if (!readEvent(channel, end, visitor)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read event file " + file + ": " + WholeFile.reason(e) + ".", e);
    } finally {
      window = ByteBuffer.allocate(0);
    }
  }

  /** Reads the event at the position; false where the file ends before it does. */
  private boolean readEvent(FileChannel channel, long end, Visitor visitor) throws IOException {
    if (end - position < EventRecords.HEADER_BYTES) {
      return false;
    }
    ByteBuffer header = bytes(channel, position, EventRecords.HEADER_BYTES, end);
    if (EventRecords.isBlank(header)) {
      // The file was made longer before its last bytes arrived, as network drives do.
      return false;
    }
    if (!EventRecords.isHeader(header)) {
      throw damaged("the checksum of a length does not fit");
    }
    long length = header.getLong(0);
    long body = position + EventRecords.HEADER_BYTES;
    long next = body + length + EventRecords.FOOTER_BYTES;
    if (next > end) {
      return false;
    }
    boolean whole = next - position <= WINDOW_BYTES || next == end;
    int count = (int) length;
    ByteBuffer event;
    if (whole) {
      event = bytes(channel, body, count + EventRecords.FOOTER_BYTES, end);
      if (event.getInt(count) != EventRecords.maskedCrc(event, count)) {
        if (next == end) {
          return false;
        }
        throw damaged("the checksum of an event does not fit");
      }
      event = event.slice(0, count);
    } else {
      event = bytes(channel, body, WINDOW_BYTES - EventRecords.HEADER_BYTES, end);
    }
    try {
      new Event(file, position, visitor).read(new EventFields(event, body, !whole));
    } catch (BufferUnderflowException e) {
      if (whole) {
        throw damaged("its event is malformed");
      }
      // The window ends within a field; what comes behind it is not looked at.
    } catch (IllegalArgumentException e) {
      throw damaged("its event is malformed");
    }
    position = next;
    return true;
  }

  /** Bytes of the file: those of the window, or of the next. */
  private ByteBuffer bytes(FileChannel channel, long from, int count, long end) throws IOException {
    if (from < windowStart || from + count > windowStart + window.limit()) {
      int size = (int) Math.min(Math.max(count, WINDOW_BYTES), end - from);
      window = EventRecords.read(channel, from, size);
      windowStart = from;
    }
    return window.slice((int) (from - windowStart), count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private BadInputException damaged(String why) {
    return EventRecords.damaged(file, position, why);
  }

  /** Tells a visitor what an event holds. */
  private record Event(Path file, long position, Visitor visitor) {

    void read(EventFields fields) {
      double wallTime = 0;
      long step = 0;
      while (fields.next()) {
        switch (fields.field()) {
          case 1 -> wallTime = Double.longBitsToDouble(fields.number());
          case 2 -> step = fields.number();
          case 4 -> visitor.graph(content(fields));
          case 5 -> readSummary(fields.message(), step, wallTime);
          default -> {}
        }
      }
    }

    private void readSummary(EventFields entries, long step, double wallTime) {
      while (entries.next()) {
        if (entries.field() == 1) {
          readValue(entries.message(), step, wallTime);
        }
      }
    }

    private void readValue(EventFields fields, long step, double wallTime) {
      String tag = "";
      while (fields.next()) {
        switch (fields.field()) {
          case 1 -> tag = fields.text();
          case 2 ->
              visitor.scalar(tag, step, wallTime, Float.intBitsToFloat((int) fields.number()));
          case 4 -> readImage(tag, step, wallTime, fields.message());
          default -> {}
        }
      }
    }

    private void readImage(String tag, long step, double wallTime, EventFields fields) {
      while (fields.next()) {
        if (fields.field() == 4) {
          visitor.image(tag, step, wallTime, content(fields));
        }
      }
    }

    private EventContent content(EventFields fields) {
      return new EventContent(file, position, fields.offset(), fields.length());
    }
  }
}
