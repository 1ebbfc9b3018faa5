package org.uniem.commands.requirement;

import java.util.ArrayList;
import java.util.List;
import org.scijava.MenuPath;
import org.scijava.command.CommandInfo;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * Takes the suite out of a Fiji whose Java cannot load it, where each of its classes would be a
 * stack trace, and leaves one entry in the menu that says what to do.
 */
@Plugin(type = Service.class)
public class JavaRequirement extends AbstractService implements SciJavaService {

  /** The oldest Java that loads the suite. */
  static final int OLDEST = 17;

  private static final String SUITE = "org.uniem.";

  @Parameter private PluginService plugins;

  @Override
  public void initialize() {
    check(feature(System.getProperty("java.specification.version")));
  }

  /**
   * Replaces the suite's plugins if this Java is too old.
   *
   * @param version of Java, for example 8
   */
  void check(int version) {
    if (version >= OLDEST) {
      return;
    }
    List<PluginInfo<?>> unusable = new ArrayList<>();
    for (PluginInfo<?> info : plugins.getPlugins()) {
      String name = info.getClassName();
      if (name.startsWith(SUITE) && !name.equals(JavaRequirement.class.getName())) {
        unusable.add(info);
      }
    }
    plugins.removePlugins(unusable);
    CommandInfo notice = new CommandInfo(NewerJavaNeeded.class.getName());
    notice.setPluginClass(NewerJavaNeeded.class);
    notice.setMenuPath(new MenuPath("Plugins>UNI-EM>Needs a Newer Java..."));
    plugins.addPlugin(notice);
  }

  /** The number of a version: 8 for {@code "1.8"}, 17 for {@code "17"}. */
  static int feature(String version) {
    return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }
}
