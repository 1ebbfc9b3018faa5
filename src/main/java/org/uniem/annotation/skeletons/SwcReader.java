package org.uniem.annotation.skeletons;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;

/** Reads an SWC file line by line; for one thread. */
final class SwcReader {

  /** How the first line of our files begins, before the unit. */
  static final String UNIT = "# SWC: number type x y z radius parent; unit ";

  /** How the line before each object of our files begins, before its id. */
  static final String OBJECT = "# object ";

  private static final Pattern OBJECT_LINE = Pattern.compile(OBJECT + "(\\d{1,18})");
  private static final int SHOWN = 40;

  private final Path file;
  private final List<Skeleton> skeletons = new ArrayList<>();
  private Optional<String> unit = Optional.empty();
  private SwcVertices vertices;
  private int line;

  SwcReader(Path file) {
    this.file = file;
    this.vertices = new SwcVertices(file, 0);
  }

  SwcContent read() {
    // Every byte is a character of this encoding, so that comments may be in any.
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        take(text.strip());
      }
    } catch (NoSuchFileException e) {
      throw new BadInputException("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
    finishObject();
    if (skeletons.isEmpty()) {
      throw new BadInputException(
          file + " has no vertices: expected lines number, type, x, y, z, radius, parent.");
    }
    return new SwcContent(unit, skeletons);
  }

  private void take(String text) {
    if (text.startsWith("#")) {
      takeComment(text);
    } else if (!text.isEmpty()) {
      takeVertex(text);
    }
  }

  private void takeComment(String text) {
    if (text.startsWith(UNIT)) {
      byte[] name = text.substring(UNIT.length()).getBytes(StandardCharsets.ISO_8859_1);
      unit = Optional.of(new String(name, StandardCharsets.UTF_8));
    }
    Matcher object = OBJECT_LINE.matcher(text);
    if (object.matches()) {
      finishObject();
      vertices = new SwcVertices(file, Long.parseLong(object.group(1)));
    }
  }

  private void finishObject() {
    if (!vertices.isEmpty()) {
      skeletons.add(vertices.skeleton());
    }
  }

  private void takeVertex(String text) {
    String[] fields = text.split("[\\s,]+");
    if (fields.length < 7) {
      throw noVertex(text, null);
    }
    try {
      long number = Long.parseLong(fields[0]);
      double[] place = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        place[axis] = Double.parseDouble(fields[2 + axis]);
        if (!Double.isFinite(place[axis])) {
          throw noVertex(text, null);
        }
      }
      vertices.add(line, number, place, Float.parseFloat(fields[5]), Long.parseLong(fields[6]));
    } catch (NumberFormatException e) {
      throw noVertex(text, e);
    }
  }

  private BadInputException noVertex(String text, NumberFormatException cause) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return new BadInputException(
        file
            + ", line "
            + line
            + ": '"
            + shown.replaceAll("\\p{Cntrl}", "?")
            + "' is no vertex: expected seven numbers, number, type, x, y, z, radius, parent. Check"
            + " that it is an SWC file.",
        cause);
  }
}
