package org.uniem.commands.progress;

import java.io.PrintStream;
import java.util.Locale;
import org.uniem.job.ProgressListener;

/**
 * Writes progress for people to a stream: one line that is rewritten on a terminal, otherwise a
 * line every few seconds. Thread-safe.
 */
public final class ConsoleProgress implements ProgressListener {

  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 5_000_000_000L;
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintStream stream;
  private final boolean terminal;
  private String stage = "";
  private long stageStart;
  private long firstDone;
  private long lastReport;
  private boolean openLine;
  private boolean stageEnded;

  /**
   * @param stream receives the lines
   * @param terminal whether the stream is a terminal that understands ANSI escapes
   */
  public ConsoleProgress(PrintStream stream, boolean terminal) {
    this.stream = stream;
    this.terminal = terminal;
  }

  @Override
  public synchronized void progress(String name, long done, long total, String unit) {
    long now = System.nanoTime();
    if (!name.equals(stage)) {
      finishLine();
      stage = name;
      stageStart = now;
      firstDone = done;
      lastReport = now;
      stageEnded = false;
    }
    boolean last = total >= 0 && done >= total;
    if (last && stageEnded) {
      return;
    }
    stageEnded = last;
    if (!last && now - lastReport < (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
      return;
    }
    lastReport = now;
    String line = line(name, done, total, unit, now);
    if (terminal) {
      stream.print(ERASE_LINE + line);
      stream.flush();
      openLine = true;
    } else {
      stream.println(line);
    }
    if (last) {
      finishLine();
    }
  }

  private String line(String name, long done, long total, String unit, long now) {
    double seconds = (now - stageStart) / 1e9;
    String line = name + ": " + done + (total < 0 ? "" : " of " + total) + " " + unit;
    if (total >= 0 && done >= total) {
      return line + " in " + duration(seconds);
    }
    if (total < 0 || done <= firstDone) {
      return line;
    }
    return line + ", " + duration(seconds * (total - done) / (done - firstDone)) + " left";
  }

  /** Seconds as {@code m:ss} or {@code h:mm:ss}. */
  public static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    if (whole >= 3600) {
      return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  @Override
  public synchronized void message(String message) {
    finishLine();
    stream.println(message);
  }

  /** Ends a line that is being rewritten, so that the next text starts on its own. */
  public synchronized void finishLine() {
    if (openLine) {
      stream.println();
      openLine = false;
    }
  }
}
