package org.uniem.commands.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of the conversation between Fiji and a worker: {@code uniem:KIND} and its fields,
 * separated by tabs; backslash, tab and line ends within a field are escaped. UTF-8.
 *
 * @param kind what the line says
 * @param fields as many as the kind has
 */
record WorkerMessage(Kind kind, List<String> fields) {

  /** What a line says, with its fields. */
  enum Kind {
    /** To the worker: class of the command, device, threads, then {@code name=value} parameters. */
    RUN,
    /** To the worker: stop. */
    CANCEL,
    /** From the worker: it runs and listens. */
    READY,
    /** From the worker: stage, done, total, unit. */
    PROGRESS,
    /** From the worker: one sentence. */
    MESSAGE,
    /** From the worker: what computes, in words. */
    DEVICE,
    /** From the worker: path of the main result. */
    DONE,
    /** From the worker: the work was cancelled. */
    CANCELLED,
    /** From the worker: kind of a failure thrown on purpose, its message. */
    REFUSED,
    /** From the worker: text of a failure nobody expected, then the elements of its trace. */
    FAILED,
    /** Never sent: the worker's answers have ended. */
    ENDED
  }

  private static final String MARK = "uniem:";

  WorkerMessage(Kind kind, String... fields) {
    this(kind, List.of(fields));
  }

  String field(int index) {
    return fields.get(index);
  }

  /** The message as one line, without its end. */
  String line() {
    StringBuilder line = new StringBuilder(MARK).append(kind);
    for (String field : fields) {
      line.append('\t');
      escape(field, line);
    }
    return line.toString();
  }

  /** Reads a line; empty if it is something else, such as what a native library has printed. */
  static Optional<WorkerMessage> parse(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    List<String> parts = List.of(line.substring(MARK.length()).split("\t", -1));
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(parts.get(0))) {
        List<String> fields = new ArrayList<>();
        parts.stream().skip(1).map(WorkerMessage::unescape).forEach(fields::add);
        return Optional.of(new WorkerMessage(kind, List.copyOf(fields)));
      }
    }
    return Optional.empty();
  }

  private static void escape(String field, StringBuilder line) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(c);
      }
    }
  }

  private static String unescape(String text) {
    StringBuilder field = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        field.append(c);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 't' -> field.append('\t');
        case 'n' -> field.append('\n');
        case 'r' -> field.append('\r');
        default -> field.append(text.charAt(i));
      }
    }
    return field.toString();
  }
}
