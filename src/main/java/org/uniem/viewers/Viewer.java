package org.uniem.viewers;

import java.util.Optional;
import org.scijava.plugin.SciJavaPlugin;

/**
 * What all kinds of viewers have in common.
 *
 * <p>Implementations carry {@code @Plugin(type = …, priority = …)} with the kind as type; {@link
 * Viewers} finds the best one that works here.
 */
public interface Viewer extends SciJavaPlugin {

  /** The name for people, for example {@code "Labkit"}. */
  String title();

  /**
   * Why no window can be opened here, in one sentence that says how to mend it; empty if it can.
   */
  Optional<String> missing();
}
