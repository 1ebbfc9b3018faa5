package org.uniem.commands.networks;

import java.util.Locale;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.prefs.PrefService;
import org.uniem.commands.dialogs.WindowCommand;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.ParameterTexts;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.networks.GpuSearch;

/** Sets what all networks in Fiji compute with, and shows what there is. Remembered. */
@Plugin(
    type = Command.class,
    name = "compute",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Options", weight = 8, mnemonic = 'o'),
      @Menu(label = "Compute...", weight = 0, mnemonic = 'c')
    },
    headless = true,
    initializer = "fillIn",
    description = "Sets device, threads and memory of networks")
public class ComputeOptions extends WindowCommand {

  /** Not given: as it was before. */
  private static final int OPEN = -1;

  @Parameter(required = false)
  private PrefService preferences;

  @Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
  private String found = "";

  @Parameter(
      label = ParameterTexts.DEVICE,
      description = ParameterTexts.DEVICE_IS,
      choices = {"auto", "cpu", "gpu"},
      required = false,
      persist = false)
  String device = "";

  @Parameter(
      label = "Threads",
      description = "processors that networks use",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=all"),
      min = "1",
      max = "1024",
      required = false,
      persist = false)
  int threads = OPEN;

  @Parameter(
      label = "Memory (MB)",
      description =
          "Java memory of the network process, for images; TensorFlow needs more beside it",
      attrs = @Attr(name = CommandParameters.WORD, value = "0=half of the computer's"),
      min = "1",
      max = "16777216",
      stepSize = "1024",
      required = false,
      persist = false)
  int memory = OPEN;

  /** Shows what was set before; what a macro gives replaces it. */
  void fillIn() {
    ComputeSettings before = ComputeSettings.remembered(preferences);
    found = found(before);
    device = device.isEmpty() ? before.device() : device;
    threads = threads == OPEN ? before.threads() : threads;
    memory = memory == OPEN ? before.memoryMegabytes() : memory;
  }

  private static String found(ComputeSettings before) {
    GpuSearch search = new GpuSearch();
    return String.format(
        Locale.ROOT,
        "<html>GPU: %s<br>Processors: %d<br>Memory of a network process: %d MB</html>",
        search.obstacle().map(why -> "none, " + why).orElseGet(search::name),
        Runtime.getRuntime().availableProcessors(),
        before.heapMegabytes());
  }

  @Override
  protected void open(PluginService plugins, Job running) {
    if (preferences == null) {
      throw new ResourceException(
          "This application remembers no settings: give device and threads to each command.");
    }
    fillIn();
    ComputeSettings settings = new ComputeSettings(device, threads, memory);
    settings.remember(preferences);
    running.message("From now on networks compute on " + words(settings) + ".");
  }

  private static String words(ComputeSettings settings) {
    return "device "
        + settings.device()
        + ", "
        + (settings.threads() == 0 ? "all" : settings.threads())
        + " threads, "
        + settings.heapMegabytes()
        + " MB";
  }
}
