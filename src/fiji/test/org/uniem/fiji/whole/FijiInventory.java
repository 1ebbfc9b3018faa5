package org.uniem.fiji.whole;

import ij.IJ;
import ij.Menus;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.imagej.ImageJ;
import org.scijava.command.CommandInfo;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.Service;
import org.scijava.util.ClassUtils;

/**
 * What runs in a Fiji of its own: writes down what of the suite it has loaded, one line each:
 * {@code service CLASS yes|no}, {@code command LABEL CLASS}, {@code other LABEL}.
 */
public final class FijiInventory {

  private static final Pattern LABEL = Pattern.compile("^[^#\"]*,\\s*\"([^\"]+)\".*");

  private FijiInventory() {}

  /**
   * Starts Fiji as its launcher does.
   *
   * @param args the file to write
   */
  public static void main(String[] args) throws Exception {
    ImageJ fiji = new ImageJ();
    List<String> lines = new ArrayList<>();
    PluginService plugins = fiji.plugin();
    for (PluginInfo<Service> info : plugins.getPluginsOfType(Service.class)) {
      if (info.getClassName().startsWith("org.uniem.")) {
        boolean loaded = fiji.context().getServiceIndex().getService(info.loadClass()) != null;
        lines.add("service " + info.getClassName() + " " + (loaded ? "yes" : "no"));
      }
    }
    for (CommandInfo info : fiji.command().getCommands()) {
      if (info.getMenuPath().isEmpty()) {
        continue;
      }
      String label = info.getMenuPath().getLeaf().getName();
      if (info.getClassName().startsWith("org.uniem.")) {
        requireServices(fiji.module().createModule(info).getDelegateObject());
        lines.add("command " + info.getClassName() + " " + label);
      } else if (!info.getClassName().startsWith("net.imagej.legacy.command.LegacyCommand")) {
        lines.add("other " + label);
      }
    }
    for (URL config : Collections.list(IJ.getClassLoader().getResources("plugins.config"))) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(config.openStream(), StandardCharsets.ISO_8859_1))) {
        reader
            .lines()
            .map(LABEL::matcher)
            .filter(Matcher::matches)
            .forEach(label -> lines.add("other " + label.group(1)));
      }
    }
    lines.add("commands in the menu " + Menus.getCommands().size());
    try (PrintWriter writer = new PrintWriter(Path.of(args[0]).toFile(), StandardCharsets.UTF_8)) {
      lines.forEach(writer::println);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void requireServices(Object command) {
    for (Field field : ClassUtils.getAnnotatedFields(command.getClass(), Parameter.class)) {
      if (Service.class.isAssignableFrom(field.getType())
          && ClassUtils.getValue(field, command) == null) {
        throw new IllegalStateException("In this Fiji there is no service for " + field);
      }
    }
  }
}
