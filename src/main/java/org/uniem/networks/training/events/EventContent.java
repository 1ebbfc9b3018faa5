package org.uniem.networks.training.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;

/**
 * Where an event file holds an image or a graph, to be read when it is wanted. Immutable and
 * thread-safe.
 *
 * @param file the event file
 * @param event offset of the event that holds it
 * @param offset its own offset
 * @param length its bytes
 */
public record EventContent(Path file, long event, long offset, int length) {

  /**
   * Reads the content from the file.
   *
   * @return a PNG image or a serialised graph
   * @throws BadInputException if the file cannot be read or the event's checksum does not fit
   */
  public byte[] read() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = EventRecords.read(channel, event, EventRecords.HEADER_BYTES);
      long bytes = header.getLong(0);
      long from = offset - event - EventRecords.HEADER_BYTES;
      if (!EventRecords.isHeader(header) || from < 0 || from + length > bytes) {
        throw EventRecords.damaged(file, event, "the checksum of a length does not fit");
      }
      ByteBuffer body =
          EventRecords.read(
              channel, event + EventRecords.HEADER_BYTES, (int) bytes + EventRecords.FOOTER_BYTES);
      if (body.getInt((int) bytes) != EventRecords.maskedCrc(body.array(), 0, (int) bytes)) {
        throw EventRecords.damaged(file, event, "the checksum of an event does not fit");
      }
      byte[] content = new byte[length];
      body.get((int) from, content);
      return content;
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read event file " + file + ": " + WholeFile.reason(e) + ".", e);
    }
  }
}
