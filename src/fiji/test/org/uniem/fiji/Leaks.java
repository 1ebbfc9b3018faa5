package org.uniem.fiji;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Window;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Opens and closes a window 50 times and looks for what is left. */
public final class Leaks {

  private static final int TIMES = 50;
  private static final int WARM_UP = 8;
  private static final long ROOM = 20L << 20;

  /** Opens a window and closes it again. */
  @FunctionalInterface
  public interface Visit {
    void openAndClose() throws Exception;
  }

  private Leaks() {}

  public static void assertNone(Visit visit) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      visit.openAndClose();
    }
    long windows = displayable();
    Map<String, Integer> threads = threads();
    long heap = heap();
    for (int i = WARM_UP; i < TIMES; i++) {
      visit.openAndClose();
    }
    Screen.await("windows to go", 10, () -> displayable() <= windows);
    Screen.await("threads to end", 20, () -> count(threads()) <= count(threads) + 2);
    long after = heap();
    assertTrue(
        after - heap < ROOM,
        "Heap grew from "
            + (heap >> 20)
            + " to "
            + (after >> 20)
            + " MB; threads before "
            + threads
            + ", after "
            + threads());
  }

  private static long displayable() {
    return Arrays.stream(Window.getWindows()).filter(Window::isDisplayable).count();
  }

  private static int count(Map<String, Integer> threads) {
    return threads.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Live threads by name without digits. */
  public static Map<String, Integer> threads() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      counts.merge(thread.getName().replaceAll("\\d+", "#"), 1, Integer::sum);
    }
    return counts;
  }

  private static long heap() {
    Screen.settle();
    for (int i = 0; i < 4; i++) {
      System.gc();
      Screen.sleep(150);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
