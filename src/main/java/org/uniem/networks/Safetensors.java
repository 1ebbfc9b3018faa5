package org.uniem.networks;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;

/**
 * Reads and writes weights in the public safetensors format: 8 bytes little-endian header length, a
 * JSON header with type, shape and place of each tensor, then the raw little-endian values.
 *
 * <p>Only 32-bit floats ({@code F32}) are known. Source: huggingface.co/docs/safetensors. As there,
 * the tensors must cover the data without gap or overlap. Nothing in a file is executed, and no
 * memory is taken for sizes the file only claims to have. Thread-safe.
 */
public final class Safetensors {

  private static final long LARGEST_HEADER = 100L << 20;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final String METADATA = "__metadata__";
  private static final Gson GSON = new Gson();

  private Safetensors() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the tensors in the order of the header
   * @throws BadInputException if the file is missing, truncated or not of this format
   */
  public static Weights read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(file, channel);
    } catch (NoSuchFileException e) {
      throw new BadInputException("Cannot read weights " + file + ": no such file.", e);
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read weights " + file + ": " + WholeFile.reason(e) + ".", e);
    }
  }

  /**
   * Writes or replaces a file; it appears whole or not at all.
   *
   * @param file the file; folders above it are made
   * @param weights what is written, in order
   * @throws org.uniem.job.OutputException if it cannot be written
   */
  public static void write(Path file, Weights weights) {
    WholeFile.write(file, channel -> write(channel, weights));
  }

  private record Entry(String name, int[] shape, long begin, long end) {}

  private static Weights read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw broken(file, "it has " + size + " bytes, the header alone needs 8");
    }
    long headerLength = fill(channel, ByteBuffer.allocate(8), 0).getLong(0);
    if (headerLength < 2 || headerLength > LARGEST_HEADER) {
      throw broken(file, "its header claims a length of " + headerLength + " bytes");
    }
    if (headerLength > size - 8) {
      throw broken(
          file,
          "its header claims " + headerLength + " bytes, the file has " + (size - 8) + " left");
    }
    byte[] header = fill(channel, ByteBuffer.allocate((int) headerLength), 8).array();
    List<Entry> entries = parse(file, new String(header, StandardCharsets.UTF_8));
    checkCoverage(file, entries, size - 8 - headerLength);
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      float[] values = new float[(int) ((entry.end - entry.begin) / Float.BYTES)];
      readFloats(channel, 8 + headerLength + entry.begin, values);
      tensors.put(entry.name, new Weights.Tensor(entry.shape, values));
    }
    return new Weights(tensors);
  }

  private static List<Entry> parse(Path file, String header) {
    try {
      // A map, not a JsonObject: it refuses a name that occurs twice.
      Map<String, JsonElement> json =
          GSON.fromJson(header.stripTrailing(), new TypeToken<Map<String, JsonElement>>() {});
      List<Entry> entries = new ArrayList<>();
      for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
        if (!entry.getKey().equals(METADATA)) {
          entries.add(parseEntry(file, entry.getKey(), entry.getValue().getAsJsonObject()));
        }
      }
      return entries;
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException
        | NumberFormatException e) {
      throw new BadInputException(
          broken(file, "its header is not understood").getMessage() + " (" + e.getMessage() + ")",
          e);
    }
  }

  private static Entry parseEntry(Path file, String name, JsonObject json) {
    String type = json.get("dtype").getAsString();
    if (!type.equals("F32")) {
      throw new BadInputException(
          "Cannot read weights "
              + file
              + ": tensor \""
              + name
              + "\" is of type "
              + type
              + ", expected F32. Convert the weights to 32-bit floats.");
    }
    JsonArray sizes = json.getAsJsonArray("shape");
    int[] shape = new int[sizes.size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      long axis = sizes.get(i).getAsLong();
      if (axis < 0 || axis > Integer.MAX_VALUE || axis * count > Integer.MAX_VALUE) {
        throw broken(file, "tensor \"" + name + "\" claims the shape " + sizes);
      }
      shape[i] = (int) axis;
      count *= axis;
    }
    JsonArray offsets = json.getAsJsonArray("data_offsets");
    long begin = offsets.get(0).getAsLong();
    long end = offsets.get(1).getAsLong();
    if (offsets.size() != 2 || begin < 0 || end < begin || end - begin != count * Float.BYTES) {
      throw broken(
          file, "tensor \"" + name + "\" of shape " + sizes + " claims to be stored at " + offsets);
    }
    return new Entry(name, shape, begin, end);
  }

  private static void checkCoverage(Path file, List<Entry> entries, long dataBytes) {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long position = 0;
    for (Entry entry : ordered) {
      if (entry.begin != position) {
        throw broken(
            file,
            "tensor \""
                + entry.name
                + "\" begins at byte "
                + entry.begin
                + ", expected "
                + position
                + " (tensors overlap or leave a gap)");
      }
      position = entry.end;
    }
    if (position != dataBytes) {
      throw broken(
          file,
          "its tensors need " + position + " bytes, the file holds " + dataBytes + " of them");
    }
  }

  private static void write(FileChannel channel, Weights weights) throws IOException {
    JsonObject header = new JsonObject();
    long position = 0;
    for (Map.Entry<String, Weights.Tensor> entry : weights.asMap().entrySet()) {
      JsonObject tensor = new JsonObject();
      tensor.addProperty("dtype", "F32");
      JsonArray shape = new JsonArray();
      for (int size : entry.getValue().shape()) {
        shape.add(size);
      }
      tensor.add("shape", shape);
      JsonArray offsets = new JsonArray();
      offsets.add(position);
      position += (long) entry.getValue().values().length * Float.BYTES;
      offsets.add(position);
      tensor.add("data_offsets", offsets);
      header.add(entry.getKey(), tensor);
    }
    StringBuilder text = new StringBuilder(GSON.toJson(header));
    int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
    // Spaces let the values begin at a multiple of 8.
    text.append(" ".repeat((8 - bytes % 8) % 8));
    byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    WholeFile.writeAll(channel, head.putLong(json.length).put(json).flip());
    for (Weights.Tensor tensor : weights.asMap().values()) {
      writeFloats(channel, tensor.values());
    }
  }

  private static void writeFloats(FileChannel channel, float[] values) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int step = BUFFER_BYTES / Float.BYTES;
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      buffer.clear().asFloatBuffer().put(values, from, count);
      WholeFile.writeAll(channel, buffer.limit(count * Float.BYTES));
    }
  }

  private static void readFloats(FileChannel channel, long position, float[] values)
      throws IOException {
    int step = BUFFER_BYTES / Float.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(step, values.length) * Float.BYTES);
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      buffer.clear().limit(count * Float.BYTES);
      fill(channel, buffer, position + (long) from * Float.BYTES);
      buffer.flip();
      buffer.asFloatBuffer().get(values, from, count);
    }
  }

  private static ByteBuffer fill(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new EOFException("the file ends at byte " + at);
      }
      at += read;
    }
    return buffer;
  }

  private static BadInputException broken(Path file, String why) {
    return new BadInputException(
        "Cannot read weights "
            + file
            + ": "
            + why
            + ". The file is truncated or not a safetensors file: copy it again.");
  }
}
