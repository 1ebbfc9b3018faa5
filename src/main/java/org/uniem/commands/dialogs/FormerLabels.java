package org.uniem.commands.dialogs;

import ij.CommandListener;
import ij.Executer;
import ij.Macro;
import ij.Menus;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.scijava.InstantiableException;
import org.scijava.command.Command;
import org.scijava.event.EventHandler;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;
import org.scijava.service.event.ServicesLoadedEvent;
import org.uniem.commands.parameters.CommandParameters;

/**
 * Lets macros go on that were recorded when a command had another label in the menu.
 *
 * <p>Such a command names it in an attribute {@value #ATTRIBUTE} of its {@code @Plugin}. A label
 * that is another command's today, of ImageJ for example, is taken for the former one only in a
 * macro whose options are all of ours and name its input; else the other command runs as always.
 */
@Plugin(type = Service.class)
public final class FormerLabels extends AbstractService implements SciJavaService {

  /** Name of the attribute. */
  public static final String ATTRIBUTE = "formerly";

  /** The label of a command today, and what its macros hold. */
  record Former(String label, String former, List<CommandParameters.Input> inputs) {}

  @Parameter private PluginService plugins;

  private Optional<CommandListener> listener = Optional.empty();

  /** Not before: Fiji patches ImageJ's classes while its services are loaded. */
  @EventHandler
  private void onLoaded(ServicesLoadedEvent event) {
    List<Former> all =
        plugins.getPluginsOfType(Command.class).stream()
            .filter(info -> info.get(ATTRIBUTE) != null)
            .map(FormerLabels::former)
            .toList();
    CommandListener added =
        command -> current(command, all, Optional.ofNullable(Macro.getOptions()), labelsOfToday());
    Executer.addCommandListener(added);
    listener = Optional.of(added);
  }

  private static Former former(PluginInfo<Command> info) {
    Menu[] menu = info.getAnnotation().menu();
    try {
      return new Former(
          menu[menu.length - 1].label(),
          info.get(ATTRIBUTE),
          CommandParameters.of(info.loadClass()));
    } catch (InstantiableException e) {
      throw new IllegalStateException(
          "The plugin index names " + info.getClassName() + ", which cannot be loaded.", e);
    }
  }

  private static Set<String> labelsOfToday() {
    Hashtable<?, ?> commands = Menus.getCommands();
    return commands == null
        ? Set.of()
        : Set.copyOf(commands.keySet().stream().map(Object::toString).toList());
  }

  /**
   * The label of today for one that a macro or user gives.
   *
   * @param command the label given
   * @param all what has changed
   * @param options of the macro
   * @param today the labels in the menu
   */
  static String current(
      String command, List<Former> all, Optional<String> options, Set<String> today) {
    List<Former> candidates =
        all.stream().filter(former -> former.former().equals(command)).toList();
    if (candidates.isEmpty()) {
      return command;
    }
    Set<String> names = options.map(text -> MacroOptions.parse(text).keySet()).orElse(Set.of());
    Optional<Former> meant =
        candidates.stream().filter(former -> isMeant(former, names)).findFirst();
    if (meant.isEmpty() && today.contains(command)) {
      return command;
    }
    return meant.orElse(candidates.get(0)).label();
  }

  private static boolean isMeant(Former former, Set<String> names) {
    Optional<CommandParameters.Input> main = InputDefaults.mainInput(former.inputs());
    return names.stream().allMatch(name -> isOf(former.inputs(), name))
        && main.isPresent()
        && names.stream().anyMatch(main.get().name()::equalsIgnoreCase);
  }

  private static boolean isOf(List<CommandParameters.Input> inputs, String name) {
    return inputs.stream().anyMatch(input -> input.name().equalsIgnoreCase(name));
  }

  @Override
  public void dispose() {
    listener.ifPresent(Executer::removeCommandListener);
  }
}
