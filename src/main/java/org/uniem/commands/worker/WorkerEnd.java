package org.uniem.commands.worker;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one sentence how a worker ended that had more to do. */
final class WorkerEnd {

  private static final int KILLED = 9;
  private static final int TERMINATED = 15;
  private static final int SIGNALS = 128;
  private static final int LARGEST_STATUS = 255;

  /** How Java reports a crash; its exit status does not tell. */
  private static final Pattern CRASH = Pattern.compile("SIG[A-Z]{2,}|EXCEPTION_[A-Z_]+");

  private WorkerEnd() {}

  /**
   * The sentence.
   *
   * @param status exit status as Java gives it: 128 + n for signal n
   * @param lastWords the line it printed that tells most, or empty
   * @param started whether it had begun its work
   */
  static String sentence(int status, String lastWords, boolean started) {
    StringBuilder text = new StringBuilder("The network process ");
    text.append(started ? "ended unexpectedly (" : "did not start (");
    Matcher crash = CRASH.matcher(lastWords);
    if (crash.find()) {
      text.append(crash.group()).append(", a crash of native code");
    } else {
      text.append(how(status));
      text.append(lastWords.isEmpty() ? "" : "; it said: " + lastWords.replaceFirst("\\.$", ""));
    }
    return text.append("): nothing in Fiji is lost; try again with ")
        .append(advice(status, started))
        .append(".")
        .toString();
  }

  private static String how(int status) {
    if (status < 0 || status > LARGEST_STATUS) {
      return String.format(Locale.ROOT, "error 0x%08X, a crash of native code", status);
    }
    int signal = status - SIGNALS;
    if (signal <= 0) {
      return "exit status " + status;
    }
    if (signal == KILLED) {
      return "signal 9, killed by hand or for want of memory";
    }
    if (signal == TERMINATED) {
      return "signal 15, ended from outside";
    }
    return "signal " + signal + ", a crash of native code";
  }

  private static String advice(int status, boolean started) {
    String where = " under Plugins > UNI-EM > Options > Compute";
    if (!started) {
      return "less memory" + where;
    }
    return status == SIGNALS + TERMINATED
        ? "the same parameters"
        : "smaller tiles or patches, or with less memory" + where;
  }
}
