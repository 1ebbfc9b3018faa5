package org.uniem.filters;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

/**
 * A pipeline as text: {@code clahe block=127 slope=1.5 | gaussian sigma=1}, or as JSON. Immutable.
 *
 * @param steps in the order of their use, one or more
 */
public record FilterSteps(List<FilterStep> steps) {

  private static final String FORMAT = "uniem-filters";
  private static final int VERSION = 1;

  public FilterSteps {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new BadParameterException(
          "The pipeline is empty: give filters, for example steps=\"gaussian sigma=1 | invert\".");
    }
  }

  /**
   * Reads a pipeline.
   *
   * @param text filters separated by |, each a name followed by name=value
   * @throws BadParameterException if a filter or parameter is unknown or out of range
   */
  public static FilterSteps parse(String text) {
    List<FilterStep> steps = new ArrayList<>();
    if (!text.isBlank()) {
      for (String part : text.split("\\|", -1)) {
        steps.add(step(part.trim(), text));
      }
    }
    return new FilterSteps(steps);
  }

  private static FilterStep step(String part, String text) {
    if (part.isEmpty()) {
      throw new BadParameterException(
          "steps=\"" + text + "\" has an empty filter: give a filter between every two |.");
    }
    String[] words = part.split("\\s+");
    FilterKind kind = FilterKind.named(words[0]);
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] pair = words[i].split("=", 2);
      if (pair.length < 2) {
        throw new BadParameterException(
            "'"
                + words[i]
                + "' of the filter '"
                + kind.label()
                + "' has no value: give name=value.");
      }
      if (values.put(pair[0], number(kind, pair[0], pair[1])) != null) {
        throw new BadParameterException(
            "The filter '" + kind.label() + "' has " + pair[0] + " twice: give it once.");
      }
    }
    return new FilterStep(kind, values);
  }

  private static double number(FilterKind kind, String name, String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true") ? 1 : 0;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadParameterException(
          "The filter '" + kind.label() + "' has " + name + "=" + text + ": give a number.", e);
    }
  }

  /**
   * The filters to be used.
   *
   * @param full the largest value of the pixel type, 255 for 8-bit images
   */
  public List<Filter> filters(double full) {
    return steps.stream().flatMap(step -> step.kind().filters(step, full).stream()).toList();
  }

  /** Whether a threshold is among the filters. */
  public boolean binarise() {
    return steps.stream().anyMatch(step -> step.kind() == FilterKind.BINARISE);
  }

  /**
   * Whether the filters leave lengths, which have no white and are not scaled with the pixel type.
   */
  public boolean measureLengths() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      FilterKind kind = steps.get(i).kind();
      if (kind == FilterKind.DISTANCE || kind.makesBrightness()) {
        return kind == FilterKind.DISTANCE;
      }
    }
    return false;
  }

  /** The text that {@link #parse} reads, with all values. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" | ");
    steps.forEach(step -> text.add(step.toString()));
    return text.toString();
  }

  /** The pipeline as JSON, which {@link #ofJson} reads. */
  public String toJson() {
    JsonObject content = new JsonObject();
    content.addProperty("format", FORMAT);
    content.addProperty("version", VERSION);
    Gson gson = new GsonBuilder().setPrettyPrinting().create();
    JsonArray list = new JsonArray();
    for (FilterStep step : steps) {
      JsonObject entry = new JsonObject();
      entry.addProperty("filter", step.kind().label());
      step.values().forEach(entry::addProperty);
      list.add(entry);
    }
    content.add("steps", list);
    return gson.toJson(content) + "\n";
  }

  /**
   * Reads a saved pipeline.
   *
   * @param json its text
   * @param source where it is from, for messages
   * @throws BadInputException if it is no saved pipeline
   * @throws BadParameterException if a filter or parameter is unknown or out of range
   */
  public static FilterSteps ofJson(String json, String source) {
    try {
      JsonObject content = JsonParser.parseString(json).getAsJsonObject();
      if (!content.get("format").getAsString().equals(FORMAT)
          || content.get("version").getAsInt() != VERSION) {
        throw noPipeline(source, null);
      }
      List<FilterStep> steps = new ArrayList<>();
      for (JsonElement element : content.getAsJsonArray("steps")) {
        JsonObject entry = element.getAsJsonObject();
        FilterKind kind = FilterKind.named(entry.remove("filter").getAsString());
        Map<String, Double> values = new LinkedHashMap<>();
        entry.entrySet().forEach(each -> values.put(each.getKey(), each.getValue().getAsDouble()));
        steps.add(new FilterStep(kind, values));
      }
      return new FilterSteps(steps);
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | NumberFormatException
        | UnsupportedOperationException
        | ClassCastException e) {
      throw noPipeline(source, e);
    }
  }

  private static BadInputException noPipeline(String source, RuntimeException cause) {
    return new BadInputException(
        source
            + " is no pipeline of filters: expected JSON with format "
            + FORMAT
            + " and version "
            + VERSION
            + ", as saved by the filter command.",
        cause);
  }
}
