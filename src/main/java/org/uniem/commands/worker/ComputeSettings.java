package org.uniem.commands.worker;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.scijava.prefs.PrefService;
import org.uniem.job.BadParameterException;

/**
 * What the user has chosen for all networks in Fiji: used where a command says {@code device=auto}
 * or {@code threads=0}. Immutable and thread-safe.
 *
 * @param device {@code "auto"}, {@code "cpu"} or {@code "gpu"}
 * @param threads processors to use; 0 = all
 * @param memoryMegabytes memory of a network process; 0 = as the computer has
 */
public record ComputeSettings(String device, int threads, int memoryMegabytes) {

  private static final List<String> DEVICES = List.of("auto", "cpu", "gpu");

  /** Nothing chosen. */
  public static final ComputeSettings DEFAULT = new ComputeSettings("auto", 0, 0);

  /** The least memory a network process is given. */
  public static final int LEAST_MEGABYTES = 256;

  private static final long LARGEST_DEFAULT_MEGABYTES = 30 * 1024;

  /**
   * @throws BadParameterException if a value is out of range
   */
  public ComputeSettings {
    if (!DEVICES.contains(device)) {
      throw new BadParameterException("device=" + device + " is unknown: give auto, cpu or gpu.");
    }
    if (threads < 0) {
      throw new BadParameterException("threads=" + threads + " is below 0: give 0 for all.");
    }
    if (memoryMegabytes != 0 && memoryMegabytes < LEAST_MEGABYTES) {
      throw new BadParameterException(
          "memory="
              + memoryMegabytes
              + " is too small: give "
              + LEAST_MEGABYTES
              + " MB or more, or 0 for as much as suits this computer.");
    }
  }

  /**
   * Reads what was chosen in this and earlier sessions.
   *
   * @param preferences null where the application keeps none
   */
  public static ComputeSettings remembered(PrefService preferences) {
    if (preferences == null) {
      return DEFAULT;
    }
    String device = preferences.get(ComputeSettings.class, "device", DEFAULT.device);
    int threads = preferences.getInt(ComputeSettings.class, "threads", 0);
    int memory = preferences.getInt(ComputeSettings.class, "memoryMegabytes", 0);
    // Preferences are a file anybody may edit; what cannot be meant counts as not chosen.
    return new ComputeSettings(
        DEVICES.contains(device) ? device : DEFAULT.device,
        Math.max(0, threads),
        memory < LEAST_MEGABYTES ? 0 : memory);
  }

  /** Keeps the choice for this and later sessions. */
  public void remember(PrefService preferences) {
    preferences.put(ComputeSettings.class, "device", device);
    preferences.put(ComputeSettings.class, "threads", threads);
    preferences.put(ComputeSettings.class, "memoryMegabytes", memoryMegabytes);
  }

  /**
   * Java memory of a network process: as chosen, else half of the computer's, at most 30 GB. The
   * other half is for TensorFlow, which keeps its tensors outside Java, and for Fiji.
   */
  public long heapMegabytes() {
    if (memoryMegabytes > 0) {
      return memoryMegabytes;
    }
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long half = system.getTotalMemorySize() >> 21;
    return Math.max(LEAST_MEGABYTES, Math.min(half, LARGEST_DEFAULT_MEGABYTES));
  }
}
