package org.uniem.commands.dialogs;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Optional;
import org.scijava.Cancelable;
import org.scijava.command.Command;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOService;
import org.scijava.log.LogService;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.FileWidget;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.InputVolumes;
import org.uniem.job.BadParameterException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * What every command of the suite with a dialog has: inputs that may be open images, names proposed
 * for outputs, and buttons.
 *
 * <p>Of its parameters those of the style {@link CommandParameters#ADVANCED} are not in the dialog
 * itself but in one that a button with the callback {@code showAdvanced} opens. All are recorded.
 */
public abstract class DialogCommand implements Command, Cancelable {

  /** Where the documentation is; says how to cite too. */
  public static final String DOCUMENTATION = "https://imagej.net/plugins/uni-em";

  private static final String VOXEL_SIZE = "voxelSize";

  private static final int DIALOG_COLUMNS = 90;

  @Parameter(required = false)
  private IOService ioService;

  @Parameter(required = false)
  private ConvertService convertService;

  @Parameter(required = false)
  private PlatformService platformService;

  @Parameter(required = false)
  private UIService windows;

  /** What is added to the name of the input to name the output; empty for no proposal. */
  protected String outputEnding() {
    return "";
  }

  /** A reason in lines, as Fiji's dialog does not break it; unchanged where there is none. */
  protected static String forDialog(String reason) {
    return GraphicsEnvironment.isHeadless() ? reason : inLines(reason);
  }

  /** The text with line breaks instead of some spaces; a word longer than a line stays whole. */
  static String inLines(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      boolean breaks = column > 0 && column + 1 + word.length() > DIALOG_COLUMNS;
      if (!lines.isEmpty()) {
        lines.append(breaks ? '\n' : ' ');
      }
      column = breaks || column == 0 ? word.length() : column + 1 + word.length();
      lines.append(word);
    }
    return lines.toString();
  }

  /** Logs why the command failed where no dialog can say it. */
  protected final void logWithoutDisplay(LogService log, String reason) {
    if (log != null && GraphicsEnvironment.isHeadless()) {
      log.error(getClass().getAnnotation(Plugin.class).name() + ": " + reason);
    }
  }

  /** Opens the volume that a parameter names; see {@link InputVolumes}. */
  public final Volume open(File input) {
    return told(new InputVolumes(ioService, convertService).open(input));
  }

  /** Opens a volume of one channel; the parameter's name is for messages. */
  protected final Volume openGrey(String parameter, File input) {
    return told(new InputVolumes(ioService, convertService).openGrey(parameter, input));
  }

  /** Opens labels; the parameter's name is for messages. */
  protected final Volume openLabels(String parameter, File input) {
    return told(new InputVolumes(ioService, convertService).openLabels(parameter, input));
  }

  private Volume told(Volume volume) {
    volume.notes().forEach(this::tell);
    return volume;
  }

  /** Shows the user a sentence about an input that is opened; nobody by default. */
  protected void tell(String note) {}

  /**
   * Checks that what is required is given, and that values lie in their ranges, are choices and, of
   * the parameter {@code voxelSize}, a voxel size.
   *
   * @throws BadParameterException on the first one that does not fit
   */
  public final void checkValues() {
    CommandParameters.check(this);
    for (CommandParameters.Input input : CommandParameters.of(getClass())) {
      if (input.name().equals(VOXEL_SIZE)
          && input.value(this) instanceof String text
          && !text.isBlank()) {
        VoxelSize.parse(text);
      }
    }
  }

  /**
   * Checks what can be checked in no time before the work begins, so that a dialog can ask again.
   *
   * @throws org.uniem.job.UniemException on the first thing that does not fit
   */
  protected void checkInputs() {
    checkValues();
  }

  /** The volume with the voxel size given as text, or as it is where that is empty. */
  protected static Volume calibrated(Volume volume, String voxelSize) {
    return voxelSize.isBlank() ? volume : Volumes.withVoxelSize(volume, VoxelSize.parse(voxelSize));
  }

  /**
   * As {@link #calibrated}, for what measures lengths along all axes.
   *
   * @throws org.uniem.job.BadInputException if the one along z is not known
   */
  protected static Volume measured(Volume volume, String voxelSize) {
    try {
      Volume calibrated = calibrated(volume, voxelSize);
      calibrated.voxelSize().z();
      return calibrated;
    } catch (RuntimeException e) {
      volume.close();
      throw e;
    }
  }

  /** Called by a button: sets all parameters but paths to their defaults. */
  protected final void restoreDefaults() {
    CommandParameters.restoreDefaults(this);
  }

  /** Called by a button: asks for the parameters that are rarely needed. */
  protected final void showAdvanced() {
    AdvancedDialog.show(this);
  }

  /** Lets the user choose a folder, empty where there is no window to do so or none is chosen. */
  protected final Optional<File> chooseFolder() {
    return Optional.ofNullable(windows)
        .map(service -> service.chooseFile(null, FileWidget.DIRECTORY_STYLE));
  }

  /** Called by a button: opens the documentation in the web browser. */
  protected final void showHelp() throws IOException {
    if (platformService != null) {
      platformService.open(new URL(DOCUMENTATION));
    }
  }
}
