package org.uniem.networks.training.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;

/**
 * Writes the course of a training as CSV, one line per report, each in one write, so that a reader
 * never sees half a line but the last, and a killed program loses at most that.
 *
 * <p>Numbers that are not known are empty in the file and NaN here. Thread-safe.
 */
public final class TrainingLog implements AutoCloseable {

  /** The first line. */
  static final String HEADER = "step,seconds,loss,validationLoss,score,learningRate";

  private final Path file;
  private final FileChannel channel;

  /**
   * One line.
   *
   * @param step training step
   * @param seconds of training so far, over all sessions
   * @param loss mean training loss since the last line
   * @param validationLoss NaN where not computed
   * @param score on the validation part, NaN where not computed
   * @param learningRate of this step
   */
  public record Row(
      long step,
      double seconds,
      double loss,
      double validationLoss,
      double score,
      double learningRate) {}

  private TrainingLog(Path file) {
    this.file = file;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Starts a new log; replaces one that is there.
   *
   * @param file the CSV file; folders above it are made
   * @throws OutputException if it cannot be written
   */
  public static TrainingLog create(Path file) {
    rewrite(file, List.of());
    return new TrainingLog(file);
  }

  /**
   * Goes on with a log after a checkpoint: later lines, which the resumed training writes again,
   * are dropped.
   *
   * @param file the CSV file; begun anew if it does not exist
   * @param step step of the checkpoint
   * @throws BadInputException if the file is not such a log
   * @throws OutputException if it cannot be written
   */
  public static TrainingLog resume(Path file, long step) {
    List<Row> rows = new ArrayList<>();
    if (Files.exists(file)) {
      rows.addAll(read(file));
      rows.removeIf(row -> row.step > step);
    }
    rewrite(file, rows);
    return new TrainingLog(file);
  }

  /**
   * Adds a line.
   *
   * @throws OutputException if it cannot be written
   */
  public synchronized void add(Row row) {
    try {
      WholeFile.writeAll(channel, ByteBuffer.wrap(line(row).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Reads a log, also while it is being written; an incomplete last line is left out.
   *
   * @throws BadInputException if the file cannot be read or is not such a log; names the line
   */
  public static List<Row> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read training log " + file + ": " + WholeFile.reason(e) + ".", e);
    }
    String[] lines = text.substring(0, text.lastIndexOf('\n') + 1).split("\r?\n");
    if (!lines[0].equals(HEADER)) {
      throw new BadInputException(
          "File " + file + " is not a training log: its first line is not \"" + HEADER + "\".");
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      rows.add(parse(file, i + 1, lines[i]));
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Row parse(Path file, int number, String line) {
    String[] cells = line.split(",", -1);
    try {
      if (cells.length == 6) {
        return new Row(
            Long.parseLong(cells[0]),
            number(cells[1]),
            number(cells[2]),
            number(cells[3]),
            number(cells[4]),
            number(cells[5]));
      }
    } catch (NumberFormatException e) {
      throw malformed(file, number, line, e);
    }
    throw malformed(file, number, line, null);
  }

  private static BadInputException malformed(
      Path file, int number, String line, NumberFormatException cause) {
    return new BadInputException(
        "Training log "
            + file
            + " is damaged at line "
            + number
            + ": expected six numbers, found \""
            + line
            + "\".",
        cause);
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  private static String cell(double number) {
    return Double.isNaN(number) ? "" : Double.toString(number);
  }

  private static String line(Row row) {
    return String.join(
            ",",
            Long.toString(row.step),
            cell(row.seconds),
            cell(row.loss),
            cell(row.validationLoss),
            cell(row.score),
            cell(row.learningRate))
        + "\n";
  }

  private static void rewrite(Path file, List<Row> rows) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    rows.forEach(row -> text.append(line(row)));
    WholeFile.writeText(file, text.toString());
  }

  private OutputException failure(IOException e) {
    return new OutputException(
        "Cannot write training log "
            + file
            + ": "
            + WholeFile.reason(e)
            + ". Check that the place is writable and has room.",
        e);
  }
}
