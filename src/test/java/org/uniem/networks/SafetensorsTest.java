package org.uniem.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;

class SafetensorsTest {

  @TempDir Path folder;

  @Test
  void tensorsComeBackInOrderToTheBit() {
    Random random = new Random(7);
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    float[] large = new float[600_001];
    for (int i = 0; i < large.length; i++) {
      large[i] = random.nextFloat();
    }
    tensors.put("z/kernel:0", new Weights.Tensor(new int[] {600_001}, large));
    tensors.put("a \"ü\"", new Weights.Tensor(new int[] {1, 2}, new float[] {Float.NaN, -0f}));
    tensors.put("scalar", new Weights.Tensor(new int[0], new float[] {3}));
    tensors.put("empty", new Weights.Tensor(new int[] {4, 0}, new float[0]));
    Weights weights = new Weights(tensors);

    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, weights);

    assertEquals(weights, Safetensors.read(file));
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(Safetensors.read(file).names()));
  }

  @Test
  void layoutIsThatOfTheFormat() throws Exception {
    Path file = folder.resolve("w");
    Safetensors.write(
        file, new Weights(Map.of("a", new Weights.Tensor(new int[] {2}, new float[] {1f, -2f}))));
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    header += " ".repeat((8 - header.length() % 8) % 8);
    byte[] expected = file(header, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void metadataAndAnotherOrderOfTheDataAreRead() throws Exception {
    Path file = folder.resolve("w");
    Files.write(
        file,
        file(
            "{\"__metadata__\":{\"made\":\"elsewhere\"},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ",
            0,
            0,
            0x80,
            0x3f,
            0,
            0,
            0,
            0xc0));
    Weights weights = Safetensors.read(file);
    assertEquals(1f, weights.get("a").values()[0]);
    assertEquals(-2f, weights.get("b").values()[0]);
    assertEquals("[b, a]", weights.names().toString());
  }

  @Test
  void everyTruncationIsRefused() throws Exception {
    Path file = folder.resolve("w");
    Safetensors.write(
        file, new Weights(Map.of("a", new Weights.Tensor(new int[] {3}, new float[3]))));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      BadInputException e = assertThrows(BadInputException.class, () -> Safetensors.read(file));
      assertTrue(e.getMessage().contains("truncated"), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0,8] | [4,12] | begins at byte 4",
        "[0,8] | [12,20] | leave a gap",
        "[8,0] | [0,8]  | stored at",
        "[0,4] | [4,12] | stored at",
        "[-8,0] | [0,8] | stored at",
        "[0,8] | [8]    | not understood",
        "[0,8] | \"x\"  | not understood",
        "[0,8] | [8,16] | need 16 bytes, the file holds 12",
      })
  void wrongOffsetsAreRefused(String first, String second, String message) throws Exception {
    Path file = folder.resolve("w");
    Files.write(
        file,
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":"
                + first
                + "},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":"
                + second
                + "}}",
            new int[12]));
    BadInputException e = assertThrows(BadInputException.class, () -> Safetensors.read(file));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}} | expected F32",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,9],\"data_offsets\":[0,4]}} | shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | shape",
        "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}} | not understood",
        "{\"a\":7} | not understood",
        "[1,2] | not understood",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | not understood",
        "nonsense | not understood",
      })
  void wrongHeadersAreRefused(String header, String message) throws Exception {
    Path file = folder.resolve("w");
    Files.write(file, file(header, 0, 0, 0, 0));
    BadInputException e = assertThrows(BadInputException.class, () -> Safetensors.read(file));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void absurdHeaderLengthTakesNoMemory() throws Exception {
    Path file = folder.resolve("w");
    for (long length : new long[] {Long.MAX_VALUE, -1, 1L << 31, 90L << 20, 0}) {
      byte[] bytes = file("{}");
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      Files.write(file, bytes);
      BadInputException e = assertThrows(BadInputException.class, () -> Safetensors.read(file));
      assertTrue(e.getMessage().contains("header claims"), e.getMessage());
    }
  }

  @Test
  void missingFileAndMissingTensorAreNamed() {
    Path file = folder.resolve("w");
    BadInputException e = assertThrows(BadInputException.class, () -> Safetensors.read(file));
    assertTrue(e.getMessage().endsWith("w: no such file."), e.getMessage());
    Weights none = new Weights(Map.of());
    e = assertThrows(BadInputException.class, () -> none.get("conv1"));
    assertTrue(e.getMessage().contains("\"conv1\""), e.getMessage());
  }

  @Test
  void failedWriteLeavesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "").resolve("w");
    assertThrows(OutputException.class, () -> Safetensors.write(file, new Weights(Map.of())));
    assertFalse(Files.exists(file));
  }

  private static byte[] file(String header, int... data) throws Exception {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
    out.write(json);
    for (int value : data) {
      out.write(value);
    }
    return out.toByteArray();
  }
}
