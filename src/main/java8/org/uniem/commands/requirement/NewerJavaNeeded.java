package org.uniem.commands.requirement;

import org.scijava.Cancelable;
import org.scijava.command.Command;

/** Says that the suite needs a newer Java, and where it is. */
public class NewerJavaNeeded implements Command, Cancelable {

  private String reason;

  @Override
  public void run() {
    cancel(
        "UNI-EM needs Java "
            + JavaRequirement.OLDEST
            + " or later, and this Fiji runs on Java "
            + System.getProperty("java.version")
            + ": download Fiji again from https://fiji.sc, which brings a newer one.");
  }

  @Override
  public boolean isCanceled() {
    return reason != null;
  }

  @Override
  public void cancel(String why) {
    reason = why;
  }

  @Override
  public String getCancelReason() {
    return reason;
  }
}
