package org.uniem.networks.floodfilling;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/** How weights follow their gradients. */
public enum UpdateRule {
  /** Weight −= rate · gradient. The authors' choice, with a rate of 0.001. */
  SGD,

  /** Sum = 0.9 · sum + gradient; weight −= rate · sum. */
  MOMENTUM,

  /** Kingma and Ba 2015, arXiv 1412.6980. */
  ADAM;

  /**
   * The rule of a name.
   *
   * @throws BadParameterException if there is none
   */
  public static UpdateRule of(String name) {
    List<String> names = Stream.of(values()).map(UpdateRule::toString).toList();
    if (!names.contains(name)) {
      throw new BadParameterException(
          "optimiser="
              + name
              + " is unknown. "
              + Spelling.suggest(name, names)
              + "Give one of "
              + String.join(", ", names)
              + ".");
    }
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in small letters, as parameters and models have it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
