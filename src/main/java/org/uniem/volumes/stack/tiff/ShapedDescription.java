package org.uniem.volumes.stack.tiff;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What tifffile notes in the description tag: the shape of the whole array, slowest axis first, and
 * perhaps the letters of its axes. All images may lie behind one directory.
 */
final class ShapedDescription implements StackDescription {

  /** The axes beside those in a page, the slowest first. */
  private final List<StackLayout.Axis> axes;

  private final boolean named;

  private ShapedDescription(List<StackLayout.Axis> axes, boolean named) {
    this.axes = axes;
    this.named = named;
  }

  /**
   * The description of a page.
   *
   * @param description the text of its tag
   * @param page what it holds
   * @return empty where the text is none, or was left from an image of another size
   */
  static Optional<ShapedDescription> of(String description, TiffPage page) {
    if (!description.startsWith("{") || !description.contains("\"shape\"")) {
      return Optional.empty();
    }
    try {
      JsonElement json = JsonParser.parseString(description);
      return json.isJsonObject() ? of(json.getAsJsonObject(), page) : Optional.empty();
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return Optional.empty(); // Somebody else's text.
    } catch (NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<ShapedDescription> of(JsonObject json, TiffPage page) {
    if (!json.has("shape") || !json.get("shape").isJsonArray()) {
      return Optional.empty();
    }
    JsonArray shape = json.getAsJsonArray("shape");
    JsonElement letters = json.get("axes");
    boolean named =
        letters != null
            && letters.isJsonPrimitive()
            && letters.getAsString().length() == shape.size();
    long inPage = (long) page.grid().width() * page.grid().height() * page.samples().stored();
    long values = 1;
    int first = shape.size();
    while (first > 0 && values < inPage) {
      values = Math.multiplyExact(values, shape.get(--first).getAsLong());
    }
    boolean width =
        shape.size() > 0
            && (page.grid().width() == last(shape, 1) || page.grid().width() == last(shape, 2));
    if (values != inPage || !width) {
      return Optional.empty();
    }
    List<StackLayout.Axis> axes = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      if (shape.get(i).getAsLong() < 1) {
        return Optional.empty();
      }
      char letter = named ? letters.getAsString().charAt(i) : 'Q';
      axes.add(new StackLayout.Axis(letter, shape.get(i).getAsLong()));
    }
    return Optional.of(new ShapedDescription(axes, named));
  }

  private static long last(JsonArray shape, int back) {
    return shape.size() < back ? 0 : shape.get(shape.size() - back).getAsLong();
  }

  @Override
  public long images() {
    return StackLayout.count(axes);
  }

  @Override
  public StackLayout layout(int images, TiffPage page) throws IOException {
    long announced = images();
    if (announced == 1) {
      return StackLayout.ofSlices(images); // Slices written one by one.
    }
    if (announced != images) {
      throw new IOException(
          "its description says "
              + announced
              + " images, it has "
              + images
              + (announced < images
                  ? ": it holds several series. Save one of them as a file of its own"
                  : ": expected all of them. Save it again in the program that wrote it"));
    }
    List<StackLayout.Axis> longer = new ArrayList<>(axes);
    longer.removeIf(axis -> axis.length() == 1);
    boolean unnamed = !named || longer.stream().allMatch(axis -> "QI".indexOf(axis.letter()) >= 0);
    if (unnamed && longer.size() > 1) {
      throw new IOException(
          "it has "
              + longer.stream().map(a -> "" + a.length()).collect(Collectors.joining(" x "))
              + " images along axes without a name: expected slices. Save it with their names"
              + " (tifffile: metadata={'axes': 'ZCYX'}), or one stack alone");
    }
    if (unnamed) {
      return StackLayout.ofSlices(images);
    }
    Collections.reverse(longer);
    return StackLayout.of(longer);
  }
}
