package org.uniem.networks.architecture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/** Valid values for every option of one architecture. Immutable. */
public final class ArchitectureOptions {

  private final Map<String, Integer> values;

  private ArchitectureOptions(Map<String, Integer> values) {
    this.values = values;
  }

  /**
   * Checks given values and adds the defaults of the others.
   *
   * @param architecture name, for messages
   * @param options what can be chosen
   * @param given chosen values by name
   * @throws BadParameterException if a name is unknown or a value out of range
   */
  public static ArchitectureOptions of(
      String architecture, List<ArchitectureOption> options, Map<String, Integer> given) {
    Map<String, Integer> values = new LinkedHashMap<>();
    options.forEach(option -> values.put(option.name(), option.defaultValue()));
    given.forEach(
        (name, value) -> {
          ArchitectureOption option =
              options.stream()
                  .filter(o -> o.name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> unknown(architecture, name, options));
          if (value < option.min() || value > option.max()) {
            throw new BadParameterException(
                name
                    + "="
                    + value
                    + " is out of range for architecture "
                    + architecture
                    + ": give "
                    + option.min()
                    + " to "
                    + option.max()
                    + " ("
                    + option.description()
                    + ").");
          }
          values.put(name, value);
        });
    return new ArchitectureOptions(values);
  }

  private static BadParameterException unknown(
      String architecture, String name, List<ArchitectureOption> options) {
    List<String> known = options.stream().map(ArchitectureOption::name).toList();
    return new BadParameterException(
        "Architecture "
            + architecture
            + " has no option "
            + name
            + ". "
            + Spelling.suggest(name, known)
            + "It has: "
            + String.join(", ", known)
            + ".");
  }

  /**
   * The value of an option.
   *
   * @param name one of the architecture's options
   */
  public int get(String name) {
    Integer value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No such option: " + name);
    }
    return value;
  }

  /** All values by name, in the order of the options. */
  public Map<String, Integer> asMap() {
    return new LinkedHashMap<>(values);
  }
}
