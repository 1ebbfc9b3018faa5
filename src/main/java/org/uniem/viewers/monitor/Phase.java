package org.uniem.viewers.monitor;

/** How a training stands, seen from outside. */
enum Phase {
  /** No record yet. */
  WAITING("preparing"),
  /** Records come. */
  RUNNING("running"),
  /** It should run, but no record has come for long. */
  STALLED("no news"),
  /** The model is saved. */
  ENDED("ended"),
  /** Stopped before its end; no model was saved. */
  CANCELLED("cancelled"),
  /** Ended by an error. */
  FAILED("failed"),
  /** Its process is gone without a word. */
  KILLED("killed");

  private final String text;

  Phase(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }

  /** Whether it may still record something. */
  boolean isOpen() {
    return this == WAITING || this == RUNNING || this == STALLED;
  }
}
