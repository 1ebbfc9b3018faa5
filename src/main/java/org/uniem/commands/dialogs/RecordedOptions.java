package org.uniem.commands.dialogs;

import ij.IJ;
import ij.plugin.frame.Recorder;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.uniem.commands.parameters.CommandParameters;

/**
 * Records for a macro what differs from the defaults, before Fiji's recorder records everything:
 * what is given no value has its default in a macro anyway.
 */
@Plugin(type = PostprocessorPlugin.class, priority = Priority.VERY_LOW + 1)
public class RecordedOptions extends AbstractPostprocessorPlugin {

  @Override
  public void process(Module module) {
    if (!Recorder.record
        || IJ.isMacro()
        || !(module.getDelegateObject() instanceof DialogCommand command)) {
      return;
    }
    DialogCommand defaults = CommandParameters.newInstance(command.getClass());
    for (CommandParameters.Input input : CommandParameters.of(command.getClass())) {
      Object value = input.value(command);
      if (!text(value).equals(text(input.value(defaults)))) {
        Recorder.recordOption(input.name(), escaped(text(value)));
      }
    }
    // What is recorded afterwards belongs to no command.
    Recorder.saveCommand();
  }

  /** An empty field of a path holds a path without a name. */
  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  /** As in a string of ImageJ's macro language. */
  static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t")
        .replace("\r", "\\r");
  }
}
