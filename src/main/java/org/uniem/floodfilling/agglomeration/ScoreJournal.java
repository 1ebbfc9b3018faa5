package org.uniem.floodfilling.agglomeration;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.uniem.floodfilling.subvolumes.Fingerprint;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;

/**
 * The scores of all pairs that are finished, on disk.
 *
 * <p>A text file: the first line says what they were made from ({@link Fingerprint}), each other
 * line holds the {@link PairScores} of one pair; lines are a CRC-32C of the rest in 8 hexadecimal
 * digits, a blank, and JSON. Lines are only ever appended and are on disk when {@link #keep}
 * returns. A line that was cut off by a crash, or damaged, is left out: its pair is to be done
 * again. Of several lines for a pair the last counts. Thread-safe.
 */
final class ScoreJournal implements AutoCloseable {

  /** The version of the format. */
  private static final int FORMAT = 1;

  private static final int CHECKSUM_DIGITS = 8;
  private static final Gson GSON = new Gson();

  private record Header(int format, Fingerprint made) {}

  private final Path file;
  private final FileChannel channel;
  private final Map<DecisionPoint, PairScores> finished = new HashMap<>();
  private final long damaged;

  private ScoreJournal(Path file, FileChannel channel, List<String> lines) {
    this.file = file;
    this.channel = channel;
    for (String line : lines) {
      content(line, PairScores.class).ifPresent(scores -> finished.put(scores.point(), scores));
    }
    damaged = lines.stream().filter(line -> content(line, PairScores.class).isEmpty()).count();
  }

  /**
   * Begins a journal or goes on with one.
   *
   * @param file does not exist yet, or is a journal
   * @param made what the scores are made from
   * @throws BadInputException if it holds scores of something else; says of what
   */
  static ScoreJournal open(Path file, Fingerprint made) {
    if (!Files.exists(file)) {
      WholeFile.writeText(file, line(new Header(FORMAT, made)));
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      int length = bytes.length;
      while (length > 0 && bytes[length - 1] != '\n') {
        length--;
      }
      List<String> lines =
          Arrays.asList(new String(bytes, 0, length, StandardCharsets.UTF_8).split("\n"));
      requireSame(file, content(lines.get(0), Header.class), made);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      // What follows must not be appended to half a line.
      channel.truncate(length);
      channel.position(length);
      return new ScoreJournal(file, channel, lines.subList(1, lines.size()));
    } catch (IOException e) {
      throw new OutputException(
          "Cannot go on with "
              + file
              + ": "
              + WholeFile.reason(e)
              + ". Check that it is readable and writable.",
          e);
    }
  }

  private static void requireSame(Path file, Optional<Header> header, Fingerprint made) {
    if (header.isEmpty() || header.get().format() != FORMAT || header.get().made() == null) {
      throw new BadInputException(
          file
              + " is no journal of agglomeration of format "
              + FORMAT
              + ". Give another output, or move the file away to begin anew.");
    }
    String difference = header.get().made().differenceTo(made);
    if (!difference.isEmpty()) {
      throw new BadInputException(
          "The scores in "
              + file
              + " were made from something else: "
              + difference
              + ". Give another output, or the same images, segmentation, model and settings to go"
              + " on.");
    }
  }

  private static String line(Object content) {
    String json = GSON.toJson(content);
    return checksum(json) + " " + json + "\n";
  }

  private static String checksum(String json) {
    CRC32C sum = new CRC32C();
    sum.update(json.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  /** What a line holds, empty where it is damaged. */
  private static <T> Optional<T> content(String line, Class<T> type) {
    if (line.length() <= CHECKSUM_DIGITS) {
      return Optional.empty();
    }
    String json = line.substring(CHECKSUM_DIGITS + 1);
    if (!line.startsWith(checksum(json) + " ")) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(GSON.fromJson(json, type));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  /** Number of lines that were left out because they are damaged. */
  long damaged() {
    return damaged;
  }

  /** The scores of a pair, empty where it is not finished. */
  synchronized Optional<PairScores> scores(DecisionPoint point) {
    return Optional.ofNullable(finished.get(point));
  }

  /**
   * Keeps the scores of a pair.
   *
   * @throws OutputException if they cannot be written
   */
  synchronized void keep(PairScores scores) {
    try {
      WholeFile.writeAll(channel, ByteBuffer.wrap(line(scores).getBytes(StandardCharsets.UTF_8)));
      channel.force(false);
    } catch (IOException e) {
      throw new OutputException(
          "Cannot write "
              + file
              + ": "
              + WholeFile.reason(e)
              + ". Check that the place has room; the same command goes on from there.",
          e);
    }
    finished.put(scores.point(), scores);
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new OutputException("Cannot close " + file + ": " + WholeFile.reason(e) + ".", e);
    }
  }
}
