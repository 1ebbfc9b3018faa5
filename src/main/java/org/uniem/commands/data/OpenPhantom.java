package org.uniem.commands.data;

import ij.ImagePlus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.scijava.Cancelable;
import org.scijava.command.Command;
import org.uniem.commands.dialogs.RunningMacro;
import org.uniem.commands.parameters.BundledFiles;
import org.uniem.job.UniemException;
import org.uniem.job.files.Folders;
import org.uniem.job.files.WholeFile;
import org.uniem.viewers.images.ResultImages;

/**
 * Opens one stack of the bundled phantom. It is an image without a file, so that a recorded macro
 * names it by its title and runs anywhere.
 */
abstract class OpenPhantom implements Command, Cancelable {

  private final String file;
  private final String title;
  private final ResultImages.Kind kind;
  private String cancelReason;

  /**
   * @param file name of the stack
   * @param title of the image
   * @param kind what its values mean
   */
  OpenPhantom(String file, String title, ResultImages.Kind kind) {
    this.file = file;
    this.title = title;
    this.kind = kind;
  }

  @Override
  public void run() {
    try {
      Path folder = Files.createTempDirectory("uniem-sample-");
      try {
        BundledFiles.copy("test-data/phantom", folder);
        ImagePlus image = ResultImages.open(folder.resolve(file), kind);
        image.setFileInfo(null);
        image.setTitle(title);
        image.show();
      } finally {
        Folders.deleteTree(folder);
      }
    } catch (UniemException e) {
      cancel(e.getMessage());
      RunningMacro.abort();
    } catch (IOException e) {
      cancel(
          "Cannot unpack the phantom: "
              + WholeFile.reason(e)
              + ". Check that the folder for temporary files is writable and has room.");
      RunningMacro.abort();
    }
  }

  @Override
  public boolean isCanceled() {
    return cancelReason != null;
  }

  @Override
  public void cancel(String reason) {
    cancelReason = reason;
  }

  @Override
  public String getCancelReason() {
    return cancelReason;
  }
}
