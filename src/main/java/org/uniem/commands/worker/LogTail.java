package org.uniem.commands.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines of what a process has printed, for the sentence about its end. Thread-safe. */
final class LogTail {

  private static final int LINES = 100;
  private static final int LINE_LENGTH = 300;

  /** What the lines that tell most contain, in this order. */
  private static final List<String> TELLING =
      List.of("OutOfMemory", "out of memory", "bad_alloc", "Could not", "SIG", "EXCEPTION_");

  /** What libraries print in the best of health. */
  private static final Pattern NOISE = Pattern.compile("\\[?WARNING|SLF4J|\\[INFO|[IW]0{4} ");

  private final Deque<String> lines = new ArrayDeque<>();

  /** Reads a stream to its end on the calling thread. */
  void readAll(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      // The stream of a process that is being destroyed breaks off; its lines so far are kept.
      add("(" + e.getMessage() + ")");
    }
  }

  synchronized void add(String line) {
    if (line.isBlank()) {
      return;
    }
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) + "…" : line);
  }

  /** The line that tells most about a crash, else the last that is no mere noise; empty if none. */
  synchronized String mostTelling() {
    for (String sign : TELLING) {
      for (String line : lines) {
        if (line.contains(sign)) {
          return bare(line);
        }
      }
    }
    String last = "";
    for (String line : lines) {
      last = NOISE.matcher(line).lookingAt() ? last : bare(line);
    }
    return last;
  }

  /** All kept lines, oldest first. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private static String bare(String line) {
    return line.replaceFirst("^[#\\s]+", "").strip();
  }
}
