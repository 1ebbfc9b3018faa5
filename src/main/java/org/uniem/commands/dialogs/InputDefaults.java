package org.uniem.commands.dialogs;

import ij.Macro;
import java.io.File;
import java.util.List;
import java.util.Optional;
import org.scijava.module.Module;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.viewers.images.OpenImages;

/**
 * Takes what a macro gives, and fills in what a macro or script need not give: the active image as
 * input.
 *
 * <p>One that gives some parameters gets no dialog for the others: they have their defaults, as on
 * the command line, whatever was used in a dialog before. Hence before SciJava loads that.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 1.5)
public class InputDefaults extends SuitePreprocessor {

  @Parameter(required = false)
  private UIService windows;

  @Override
  void prepare(Module module, DialogCommand command) {
    List<CommandParameters.Input> inputs = CommandParameters.of(command.getClass());
    takeMacroOptions(module, command, inputs);
    boolean called = inputs.stream().anyMatch(input -> module.isInputResolved(input.name()));
    if (!called && windows != null && windows.isVisible()) {
      return;
    }
    mainInput(inputs)
        .filter(input -> input.value(command) == null)
        .ifPresent(input -> activeImage().ifPresent(name -> module.setInput(input.name(), name)));
    module.getInfo().inputs().forEach(input -> module.resolveInput(input.getName()));
  }

  private static void takeMacroOptions(
      Module module, DialogCommand command, List<CommandParameters.Input> inputs) {
    String options = Macro.getOptions();
    if (options != null) {
      String name = command.getClass().getAnnotation(Plugin.class).name();
      MacroOptions.values(name, inputs, options)
          .forEach(
              (parameter, value) -> {
                module.setInput(parameter, value);
                module.resolveInput(parameter);
              });
    }
  }

  /** The first parameter that names images or labels. */
  static Optional<CommandParameters.Input> mainInput(List<CommandParameters.Input> inputs) {
    return inputs.stream().filter(CommandParameters.Input::isVolume).findFirst();
  }

  /** What names the active image. */
  static Optional<File> activeImage() {
    return OpenImages.active().map(OpenImages::reference);
  }
}
