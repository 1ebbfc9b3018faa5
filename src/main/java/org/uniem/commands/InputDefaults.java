package org.uniem.commands;

import java.io.File;
import java.util.List;
import java.util.Optional;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;
import org.uniem.viewers.images.OpenImages;

/**
 * Fills in what a macro or script need not give: the active image as input.
 *
 * <p>One that gives some parameters gets no dialog for the others: they have their defaults, as on
 * the command line, whatever was used in a dialog before. Hence before SciJava loads that.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 1.5)
public class InputDefaults extends AbstractPreprocessorPlugin {

  @Parameter(required = false)
  private UIService windows;

  @Override
  public void process(Module module) {
    if (!(module.getDelegateObject() instanceof DialogCommand command)) {
      return;
    }
    List<CommandParameters.Input> inputs = CommandParameters.of(command.getClass());
    boolean called = inputs.stream().anyMatch(input -> module.isInputResolved(input.name()));
    if (!called && windows != null && windows.isVisible()) {
      return;
    }
    mainInput(inputs)
        .filter(input -> input.value(command) == null)
        .ifPresent(input -> activeImage().ifPresent(name -> module.setInput(input.name(), name)));
    module.getInfo().inputs().forEach(input -> module.resolveInput(input.getName()));
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
