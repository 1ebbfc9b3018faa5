package org.uniem.networks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.job.BadInputException;

/** Values as JSON holds them: text, booleans, numbers, lists and maps. */
final class PlainValues {

  private PlainValues() {}

  /**
   * Copies a map so that it equals what is read back from its file: whole numbers become {@link
   * Integer}, or {@link Long} where too large, others {@link Double}.
   *
   * @param field its name, for messages
   * @param map may be {@code null}: empty
   * @throws BadInputException if a value is neither text, boolean, finite number, list nor map
   */
  static Map<String, Object> copy(String field, Map<?, ?> map) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (map != null) {
      map.forEach((key, value) -> values.put(String.valueOf(key), plain(field + "." + key, value)));
    }
    return Collections.unmodifiableMap(values);
  }

  /** Brings a value to the type that reading it back from the file gives. */
  private static Object plain(String field, Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      long whole = ((Number) value).longValue();
      if (whole == (int) whole) {
        return (int) whole;
      }
      return whole;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    if (value instanceof Map<?, ?> map) {
      return copy(field, map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      for (Object element : list) {
        copy.add(plain(field, element));
      }
      return Collections.unmodifiableList(copy);
    }
    throw new BadInputException(
        field + " is " + value + ": expected text, a finite number, a boolean, a list or a map.");
  }
}
