package org.uniem.networks.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.scijava.InstantiableException;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/** The architectures on the class path, by name. Immutable and thread-safe. */
public final class Architectures {

  private final Map<String, PluginInfo<Architecture>> byName = new LinkedHashMap<>();

  /** Finds them in the plugin index of the class path. */
  public Architectures() {
    PluginIndex index = new PluginIndex();
    index.discover();
    for (PluginInfo<Architecture> info : index.getPlugins(Architecture.class)) {
      byName.put(info.getName(), info);
    }
  }

  /** The names, sorted. */
  public Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /** Their classes, for finding the jars they are in. */
  public List<Class<?>> types() {
    List<Class<?>> types = new ArrayList<>();
    for (PluginInfo<Architecture> info : byName.values()) {
      try {
        types.add(info.loadClass());
      } catch (InstantiableException e) {
        // Of a jar that is incomplete; whoever asks for this architecture is told.
        continue;
      }
    }
    return types;
  }

  /**
   * Makes the architecture of a name.
   *
   * @param name for example {@code "compact-unet"}
   * @throws BadParameterException if there is none of this name
   */
  public Architecture get(String name) {
    PluginInfo<Architecture> info = byName.get(name);
    if (info == null) {
      throw new BadParameterException(
          "architecture="
              + name
              + " is unknown. "
              + Spelling.suggest(name, names())
              + "Give one of "
              + String.join(", ", names())
              + ". One from another jar must be on the class path.");
    }
    try {
      return info.createInstance();
    } catch (InstantiableException e) {
      throw new BadParameterException(
          "architecture=" + name + " cannot be made: " + e.getMessage(), e);
    }
  }
}
