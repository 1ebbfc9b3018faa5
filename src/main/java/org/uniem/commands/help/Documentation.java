package org.uniem.commands.help;

import java.io.IOException;
import java.net.URL;
import org.scijava.Cancelable;
import org.scijava.command.Command;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.uniem.commands.dialogs.DialogCommand;

/** Opens the documentation in the web browser. */
@Plugin(
    type = Command.class,
    name = "documentation",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Help", weight = 9, mnemonic = 'h'),
      @Menu(label = "Documentation", weight = 0, mnemonic = 'd')
    },
    headless = true,
    description = "Opens the documentation of UNI-EM in the web browser")
public class Documentation implements Command, Cancelable {

  @Parameter(required = false)
  private PlatformService platformService;

  private String cancelReason;

  @Override
  public void run() {
    try {
      if (platformService == null) {
        throw new IOException("this application has no way to open one");
      }
      platformService.open(new URL(DialogCommand.DOCUMENTATION));
    } catch (IOException e) {
      cancel(
          "Cannot open a web browser: "
              + e.getMessage()
              + ". The documentation is at "
              + DialogCommand.DOCUMENTATION);
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
