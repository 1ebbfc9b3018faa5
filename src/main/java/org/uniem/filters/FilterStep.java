package org.uniem.filters;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.job.BadParameterException;
import org.uniem.job.Spelling;

/**
 * A filter with the values of its parameters. Immutable.
 *
 * @param kind which filter
 * @param values of all its parameters, in their order
 */
public record FilterStep(FilterKind kind, Map<String, Double> values) {

  /**
   * Checks the values and completes them.
   *
   * @throws BadParameterException if one is unknown or out of range
   */
  public FilterStep {
    Map<String, Double> complete = new LinkedHashMap<>();
    List<String> names = kind.parameters().stream().map(FilterKind.Value::name).toList();
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new BadParameterException(
            "The filter '"
                + kind.label()
                + "' has no parameter '"
                + name
                + "'. "
                + Spelling.suggest(name, names)
                + (names.isEmpty()
                    ? "It has none."
                    : "Its parameters: " + String.join(", ", names) + "."));
      }
    }
    for (FilterKind.Value parameter : kind.parameters()) {
      double value = values.getOrDefault(parameter.name(), parameter.standard());
      check(kind, parameter, value);
      complete.put(parameter.name(), value);
    }
    values = Collections.unmodifiableMap(complete);
    if (kind == FilterKind.DISTANCE) {
      checkDistance(complete);
    }
    if (kind == FilterKind.CANNY && complete.get("lower") > complete.get("upper")) {
      throw new BadParameterException(
          "canny has lower="
              + complete.get("lower")
              + " above upper="
              + complete.get("upper")
              + ".");
    }
  }

  private static void checkDistance(Map<String, Double> values) {
    if (values.get("labels") == 1 && values.get("sizeZ") > 0) {
      throw new BadParameterException(
          "distance has labels=1 and sizeZ="
              + text(values.get("sizeZ"))
              + ": labels are measured in each slice alone. Give sizeZ=0, or labels=0.");
    }
  }

  private static void check(FilterKind kind, FilterKind.Value parameter, double value) {
    boolean inside = value >= parameter.least() && value <= parameter.most();
    if (!inside || parameter.isWhole() && value != Math.rint(value)) {
      throw new BadParameterException(
          "The filter '"
              + kind.label()
              + "' has "
              + parameter.name()
              + "="
              + text(value)
              + ": give "
              + (parameter.isWhole() ? "a whole number from " : "")
              + text(parameter.least())
              + " to "
              + text(parameter.most())
              + ".");
    }
  }

  double value(String name) {
    return values.get(name);
  }

  int whole(String name) {
    return (int) value(name);
  }

  /** As in a pipeline, with all values: {@code gaussian sigma=1 sigmaZ=0}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.label());
    values.forEach((name, value) -> text.append(' ').append(name).append('=').append(text(value)));
    return text.toString();
  }

  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
