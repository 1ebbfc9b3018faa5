package org.uniem.job;

/** How users give this Java more memory, which differs with how it was started. */
public final class JavaMemory {

  /** System property that is {@code inside} in a network process, which Fiji has started. */
  public static final String PROCESS_PROPERTY = "uniem.worker";

  /** Value of the property in a network process. */
  public static final String INSIDE = "inside";

  private JavaMemory() {}

  /** Whether this Java is a network process. */
  public static boolean isNetworkProcess() {
    return INSIDE.equals(System.getProperty(PROCESS_PROPERTY));
  }

  /**
   * What to do, to follow "give Java more memory".
   *
   * @param megabytes how much to give
   * @return for example {@code "in Fiji under …, on the command line with …"}
   */
  public static String howToGive(long megabytes) {
    return isNetworkProcess()
        ? "memory=" + megabytes + " under Plugins > UNI-EM > Options > Compute"
        : "in Fiji under Edit > Options > Memory & Threads, on the command line with"
            + " UNIEM_JAVA_OPTS=-Xmx"
            + megabytes
            + "m";
  }

  /**
   * What the user can do about memory that has run out.
   *
   * @param cause what Java threw
   */
  public static ResourceException exhausted(OutOfMemoryError cause) {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return new ResourceException(
        "The work needs more memory than the "
            + mebibytes
            + " MB that Java may use. Give more, "
            + howToGive(2 * mebibytes)
            + ", or work on a part of the stack: convert part=… cuts one out.",
        cause);
  }
}
