package org.uniem.floodfilling.agglomeration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;
import org.uniem.job.Decimals;
import org.uniem.job.files.WholeFile;

/**
 * Which objects are merged: a table of pairs that people read and edit.
 *
 * <p>CSV, one row per pair, columns found by their names:
 *
 * <ul>
 *   <li>{@code a}, {@code b}: ids of two objects; the only ones that must be there
 *   <li>{@code decision}: {@code merge} or {@code separate}; without it all rows are merged
 *   <li>{@code reason}: why not
 *   <li>{@code x}, {@code y}, {@code z}: the decision point in voxels, counted from 0
 *   <li>{@code distance}: of each object from there, in the unit of the voxel size
 *   <li>{@code iou}: of what grew from either; {@code aFromA}, {@code bFromA}, {@code aFromB},
 *       {@code bFromB}: part of a, of b, in what grew from a, from b; {@code deletedFromA}, {@code
 *       deletedFromB}: part of it that was taken back while it grew; {@code attemptsA}, {@code
 *       attemptsB}: seeds tried. 0 … 1, empty where nothing was grown
 *   <li>{@code segmentation}: checksum of the labels it belongs to
 * </ul>
 *
 * <p>Read with commas, semicolons or tabs between columns, as spreadsheets write them. Immutable.
 */
public final class MergeTable {

  private static final String MERGE = "merge";
  private static final String SEPARATE = "separate";

  private static final String HEADER =
      "a,b,decision,reason,x,y,z,distance,iou,aFromA,bFromA,aFromB,bFromB,deletedFromA,"
          + "deletedFromB,attemptsA,attemptsB,segmentation\n";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * One pair.
   *
   * @param line in the file, from 1
   * @param a id of the one object
   * @param b id of the other
   * @param merges whether they are to be one
   * @param segmentation checksum of the labels they are from, empty where it does not say
   */
  record Row(int line, long a, long b, boolean merges, String segmentation) {}

  private final Path file;
  private final List<Row> rows;

  private MergeTable(Path file, List<Row> rows) {
    this.file = file;
    this.rows = List.copyOf(rows);
  }

  /**
   * Writes scores and decisions as a table.
   *
   * @param pairs one for each row
   * @param criteria decide
   * @param segmentation the labels they are from
   */
  public static String toCsv(
      List<PairScores> pairs, MergeCriteria criteria, Segmentation segmentation) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (PairScores pair : pairs) {
      DecisionPoint point = pair.point();
      VoxelPosition at = point.position();
      Optional<String> objection = criteria.objection(pair);
      csv.append(point.a()).append(',').append(point.b()).append(',');
      csv.append(objection.isEmpty() ? MERGE : SEPARATE).append(',');
      csv.append(objection.orElse("")).append(',');
      csv.append(at.x()).append(',').append(at.y()).append(',').append(at.z()).append(',');
      csv.append(number(point.distance())).append(',');
      csv.append(pair.isComplete() ? number(pair.iou()) : "").append(',');
      appendGrown(csv, pair);
      csv.append(segmentation.checksum()).append('\n');
    }
    return csv.toString();
  }

  private static void appendGrown(StringBuilder csv, PairScores pair) {
    List<String> consistencies = new ArrayList<>();
    List<String> deleted = new ArrayList<>();
    List<String> attempts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      boolean has = i < pair.grown().size();
      RegrownObject from = has ? pair.grown().get(i) : null;
      consistencies.add(has ? number(pair.consistencyA(from)) : "");
      consistencies.add(has ? number(pair.consistencyB(from)) : "");
      deleted.add(has && from.voxels() > 0 ? number(from.deletedFraction()) : "");
      attempts.add(has ? String.valueOf(from.attempts()) : "");
    }
    for (List<String> columns : List.of(consistencies, deleted, attempts)) {
      csv.append(String.join(",", columns)).append(',');
    }
  }

  private static String number(double value) {
    return Decimals.of(value, 6);
  }

  /**
   * Reads a table.
   *
   * @throws BadInputException if it is none; says in which line
   */
  public static MergeTable read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new BadInputException(
          file + " is no text in UTF-8: expected a table of merges. Save it as CSV in UTF-8.", e);
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read " + file + ": " + WholeFile.reason(e) + ". Check the path.", e);
    }
    return new MergeTable(file, new Reader(file, text).rows());
  }

  /** Number of pairs that are to be merged. */
  public long merges() {
    return rows.stream().filter(Row::merges).count();
  }

  Path file() {
    return file;
  }

  List<Row> rows() {
    return rows;
  }

  /** Takes a text apart. */
  private static final class Reader {

    private final Path file;
    private final List<String> lines;
    private final char separator;
    private final List<String> header;

    Reader(Path file, String text) {
      this.file = file;
      boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
      lines = (marked ? text.substring(1) : text).lines().toList();
      String first = lines.isEmpty() ? "" : lines.get(0);
      separator = first.indexOf('\t') >= 0 ? '\t' : first.indexOf(';') >= 0 ? ';' : ',';
      header = cells(first);
      if (!header.contains("a") || !header.contains("b")) {
        throw new BadInputException(
            file
                + " has the columns "
                + header
                + " in its first line: expected at least a and b, ids of objects to merge. Give a"
                + " table of ffn-agglomerate, or one of your own with these columns.");
      }
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      for (int i = 1; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          rows.add(row(i + 1, cells(lines.get(i))));
        }
      }
      return rows;
    }

    private Row row(int line, List<String> cells) {
      String decision = cell(cells, "decision").orElse(MERGE);
      if (!decision.equals(MERGE) && !decision.equals(SEPARATE)) {
        throw new BadInputException(
            file
                + ", line "
                + line
                + ": found the decision \""
                + decision
                + "\", expected "
                + MERGE
                + " or "
                + SEPARATE
                + ".");
      }
      return new Row(
          line,
          id(line, "a", cells),
          id(line, "b", cells),
          decision.equals(MERGE),
          cell(cells, "segmentation").orElse(""));
    }

    private long id(int line, String column, List<String> cells) {
      String text = cell(cells, column).orElse("");
      // Spreadsheets and tables of ImageJ may write 12 as 12.000.
      if (!text.matches("[0-9]{1,18}([.]0*)?")) {
        throw new BadInputException(
            file
                + ", line "
                + line
                + ": found \""
                + text
                + "\" in column "
                + column
                + ", expected the id of an object, a whole number.");
      }
      return Long.parseLong(text.replaceFirst("[.]0*$", ""));
    }

    private Optional<String> cell(List<String> cells, String column) {
      int index = header.indexOf(column);
      boolean has = index >= 0 && index < cells.size();
      return has ? Optional.of(cells.get(index)) : Optional.empty();
    }

    /** Cells may be in quotes, with a quote written twice. */
    private List<String> cells(String line) {
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '"') {
          boolean twice = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
          if (twice) {
            cell.append(c);
            i++;
          } else {
            quoted = !quoted;
          }
        } else if (c == separator && !quoted) {
          cells.add(cell.toString().trim());
          cell.setLength(0);
        } else {
          cell.append(c);
        }
      }
      cells.add(cell.toString().trim());
      return cells;
    }
  }
}
