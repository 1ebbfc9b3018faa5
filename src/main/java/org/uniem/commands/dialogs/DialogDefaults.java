package org.uniem.commands.dialogs;

import ij.ImagePlus;
import ij.io.OpenDialog;
import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputHarvester;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.Paths;
import org.uniem.viewers.images.OpenImages;
import org.uniem.volumes.Volumes;

/**
 * Fills in the dialog before it opens: the active image as input, and a free name beside it as
 * output. After SciJava has loaded what was used before.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 0.75)
public class DialogDefaults extends SuitePreprocessor {

  @Parameter(required = false)
  private UnfinishedDialogs unfinished;

  @Override
  void prepare(Module module, DialogCommand command) {
    List<CommandParameters.Input> inputs = CommandParameters.of(command.getClass());
    if (inputs.stream().anyMatch(input -> module.isInputResolved(input.name()))) {
      return;
    }
    inputs.forEach(input -> forgetWhatIsGone(module, input));
    hideAdvanced(module, command, inputs);
    Optional<CommandParameters.Input> main = InputDefaults.mainInput(inputs);
    main.ifPresent(
        input ->
            InputDefaults.activeImage().ifPresent(name -> module.setInput(input.name(), name)));
    main.map(input -> (File) input.value(command))
        .ifPresent(source -> suggestOutputs(module, command, source));
    if (unfinished != null) {
      unfinished.values(command.getClass()).forEach(module::setInput);
      unfinished.shows(module, unresolved(module));
    }
  }

  private static List<String> unresolved(Module module) {
    List<String> names = new ArrayList<>();
    for (ModuleItem<?> input : module.getInfo().inputs()) {
      if (!module.isInputResolved(input.getName())) {
        names.add(input.getName());
      }
    }
    return names;
  }

  /** What is resolved is not in the dialog; it is recorded unless it was so from the beginning. */
  private static void hideAdvanced(
      Module module, DialogCommand command, List<CommandParameters.Input> inputs) {
    Map<String, Field> headings = CommandParameters.headings(command.getClass());
    Set<Field> empty = new HashSet<>(headings.values());
    for (CommandParameters.Input input : inputs) {
      if (input.isAdvanced()) {
        module.resolveInput(input.name());
      } else {
        empty.remove(headings.get(input.name()));
      }
    }
    empty.forEach(heading -> module.resolveInput(heading.getName()));
  }

  /** A title is remembered as a path, and files come and go. */
  private static void forgetWhatIsGone(Module module, CommandParameters.Input input) {
    if (input.isPath()
        && module.getInput(input.name()) instanceof File remembered
        && !remembered.exists()) {
      module.setInput(input.name(), null);
    }
  }

  private static void suggestOutputs(Module module, DialogCommand command, File source) {
    for (CommandParameters.Input input : CommandParameters.of(command.getClass())) {
      if (input.isOutput() && !command.outputEnding().isEmpty()) {
        module.setInput(input.name(), free(source, command.outputEnding()).toFile());
      }
    }
  }

  /**
   * A name that is free, beside a file or folder, or in the current folder for an open image.
   *
   * @param ending of the name, for example {@code "-objects.tif"}
   */
  public static Path free(File source, String ending) {
    Path named =
        OpenImages.named(source)
            .map(DialogDefaults::inCurrentFolder)
            .orElseGet(() -> Volumes.place(source.toPath().toAbsolutePath()));
    String base = Paths.baseName(named);
    Path free = named.resolveSibling(base + ending);
    for (int i = 2; Files.exists(free); i++) {
      free = named.resolveSibling(base + "-" + i + ending);
    }
    return free;
  }

  private static Path inCurrentFolder(ImagePlus image) {
    String folder = OpenDialog.getDefaultDirectory();
    // A title may hold what no file name may.
    String name = image.getTitle().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]+", "_");
    return Path.of(folder == null ? System.getProperty("user.home") : folder, name);
  }
}
