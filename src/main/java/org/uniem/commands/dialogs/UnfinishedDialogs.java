package org.uniem.commands.dialogs;

import ij.plugin.frame.Recorder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.scijava.event.EventHandler;
import org.scijava.module.Module;
import org.scijava.module.event.ModuleCanceledEvent;
import org.scijava.module.event.ModuleErroredEvent;
import org.scijava.module.event.ModuleEvent;
import org.scijava.module.event.ModuleFinishedEvent;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;
import org.uniem.commands.parameters.CommandParameters;

/**
 * Keeps what was typed into the dialog of a command that was cancelled or failed, for the next time
 * that it opens; and sees to it that the macro recorder writes nothing of such a command.
 * Thread-safe.
 */
@Plugin(type = Service.class)
public final class UnfinishedDialogs extends AbstractService implements SciJavaService {

  private final Map<Module, List<String>> shown = new WeakHashMap<>();
  private final Map<Class<?>, Map<String, Object>> values = new HashMap<>();

  /**
   * Notes that a dialog opens.
   *
   * @param inputs the parameters that are in it
   */
  synchronized void shows(Module module, List<String> inputs) {
    shown.put(module, List.copyOf(inputs));
  }

  /** The parameters that were in the dialog of a command; empty where none was shown. */
  synchronized Optional<List<String>> shown(Module module) {
    return Optional.ofNullable(shown.get(module));
  }

  /** What a dialog had when its command ended without a result, by parameter. */
  synchronized Map<String, Object> values(Class<?> command) {
    return values.getOrDefault(command, Map.of());
  }

  @EventHandler
  private synchronized void onCancel(ModuleCanceledEvent event) {
    keep(event);
  }

  @EventHandler
  private synchronized void onError(ModuleErroredEvent event) {
    keep(event);
  }

  @EventHandler
  private synchronized void onFinish(ModuleFinishedEvent event) {
    values.remove(event.getModule().getDelegateObject().getClass());
  }

  private void keep(ModuleEvent event) {
    if (!(event.getModule().getDelegateObject() instanceof DialogCommand command)
        || !shown.containsKey(event.getModule())) {
      return;
    }
    // Else ImageJ records the bare name, at which a macro would open the dialog.
    Recorder.setCommand(null);
    Map<String, Object> typed = new HashMap<>();
    for (CommandParameters.Input input : CommandParameters.of(command.getClass())) {
      typed.put(input.name(), input.value(command));
    }
    values.put(command.getClass(), typed);
  }
}
