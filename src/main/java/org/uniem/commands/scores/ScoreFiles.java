package org.uniem.commands.scores;

import com.google.gson.GsonBuilder;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;

/**
 * The scores as files: JSON, and a table of one line beside it.
 *
 * @param json all scores by their names
 * @param csv the same in one line
 */
record ScoreFiles(Path json, Path csv) {

  /** The files of a report, which may be named with its ending or without. */
  static ScoreFiles of(File report) {
    Path path = report.toPath();
    String name = Paths.baseName(path, ".json");
    return new ScoreFiles(path.resolveSibling(name + ".json"), path.resolveSibling(name + ".csv"));
  }

  /** Checks that both may be written. */
  void requireFree() {
    Paths.requireFree("report", json);
    Paths.requireFree("report", csv);
  }

  /**
   * Writes both, or none.
   *
   * @return the JSON file
   */
  Path write(Map<String, Object> content) {
    WholeFile.writeText(csv, toCsv(content));
    try {
      WholeFile.writeText(
          json,
          new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(content) + "\n");
    } catch (OutputException e) {
      Paths.deleteAfter(e, csv);
      throw e;
    }
    return json;
  }

  /** A header line and a line of values; what is undefined stays empty. */
  private static String toCsv(Map<String, Object> content) {
    StringJoiner header = new StringJoiner(",");
    StringJoiner values = new StringJoiner(",");
    content.forEach((key, value) -> addCells(key, value, header, values));
    return header + "\n" + values + "\n";
  }

  private static void addCells(String key, Object value, StringJoiner header, StringJoiner values) {
    if (value instanceof Map<?, ?> parts) {
      parts.forEach((name, part) -> addCells(key + "_" + name, part, header, values));
    } else {
      header.add(key);
      values.add(cell(value));
    }
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("[^,\"\\n\\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
