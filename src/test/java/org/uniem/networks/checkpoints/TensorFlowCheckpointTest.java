package org.uniem.networks.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadInputException;
import org.uniem.networks.Weights;

class TensorFlowCheckpointTest {

  private static final Path PUBLISHED = Path.of("../shared/data/ffn_fib25_model");

  @TempDir Path folder;

  private Path index() {
    return folder.resolve("model.ckpt-7.index");
  }

  private Path data() {
    return folder.resolve("model.ckpt-7.data-00000-of-00001");
  }

  private Path write() throws Exception {
    Path prefix = folder.resolve("model.ckpt-7");
    CheckpointFile.write(
        prefix,
        Map.of(
            "net/first", new Weights.Tensor(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}),
            "net/fist", new Weights.Tensor(new int[] {}, new float[] {-0.5f}),
            "net/second", new Weights.Tensor(new int[] {2}, new float[] {7, 8})));
    return prefix;
  }

  private static void assertRefused(Path path, String... words) {
    String message =
        assertThrows(
                BadInputException.class,
                () -> {
                  TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.open(path);
                  Map<String, String> all = new HashMap<>();
                  checkpoint.names().forEach(name -> all.put(name, name));
                  checkpoint.read(all);
                })
            .getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void tensorsAreReadBackUnderNewNames() throws Exception {
    TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.open(write());
    assertEquals(List.of("net/first", "net/fist", "net/second"), List.copyOf(checkpoint.names()));
    assertEquals(List.of(2L, 3L), checkpoint.shape("net/first"));
    Weights weights = checkpoint.read(Map.of("a", "net/first", "b", "net/fist"));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, weights.get("a").values());
    assertArrayEquals(new int[] {}, weights.get("b").shape());
    assertEquals(-0.5f, weights.get("b").values()[0]);
  }

  @Test
  void prefixFilesAndFolderNameTheSameCheckpoint() throws Exception {
    Path prefix = write();
    CheckpointFile.write(
        folder.resolve("model.ckpt-6"),
        Map.of("older", new Weights.Tensor(new int[] {1}, new float[] {1})));
    for (Path path : List.of(prefix, index(), data(), folder)) {
      assertEquals(prefix, TensorFlowCheckpoint.open(path).prefix(), path.toString());
      assertTrue(TensorFlowCheckpoint.isAt(path));
    }
  }

  @Test
  void missingFilesAreNamed() throws Exception {
    assertRefused(folder.resolve("x"), "there is no file x.index", "Give the name");
    assertRefused(folder, "holds no checkpoint");
    write();
    Files.delete(data());
    assertRefused(index(), "there is no " + data().getFileName(), "Copy both files");
  }

  @Test
  void everyTruncationOfTheIndexIsRefused() throws Exception {
    write();
    byte[] bytes = Files.readAllBytes(index());
    for (int length = 0; length < bytes.length; length++) {
      Files.write(index(), Arrays.copyOf(bytes, length));
      assertRefused(index(), "truncated", "copy it again");
    }
  }

  @Test
  void everyChangedByteOfTheBlocksIsRefused() throws Exception {
    write();
    byte[] bytes = Files.readAllBytes(index());
    for (int i = 0; i < bytes.length - 48; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 0x20;
      Files.write(index(), changed);
      try {
        TensorFlowCheckpoint.open(index());
        // Only the meta index, which nobody needs, may differ.
        assertTrue(i > bytes.length / 2, "byte " + i);
      } catch (BadInputException e) {
        assertTrue(e.getMessage().contains("copy it again"), e.getMessage());
      }
    }
  }

  @Test
  void truncatedAndDamagedValuesAreRefused() throws Exception {
    write();
    byte[] bytes = Files.readAllBytes(data());
    Files.write(data(), Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(index(), "net/second", "the file has " + (bytes.length - 1), "copy it again");
    bytes[2] ^= 1;
    Files.write(data(), bytes);
    assertRefused(index(), "the checksum of tensor net/first does not fit", "copy it again");
  }

  @Test
  void compressedIndexIsRefused() throws Exception {
    CheckpointFile file = new CheckpointFile();
    file.add("a", 1, new Weights.Tensor(new int[] {1}, new float[] {1}));
    file.write(folder.resolve("model.ckpt-7"), 1);
    assertRefused(index(), "its index is compressed (snappy)", "save the checkpoint");
  }

  @Test
  void otherTypesAreRefusedOnlyWhenRead() throws Exception {
    CheckpointFile file = new CheckpointFile();
    file.add("a", 1, new Weights.Tensor(new int[] {1}, new float[] {1}));
    file.add("step", 3, new Weights.Tensor(new int[] {1}, new float[] {1}));
    file.write(folder.resolve("model.ckpt-7"), 0);
    assertEquals(1, TensorFlowCheckpoint.open(index()).read(Map.of("a", "a")).size());
    assertRefused(index(), "tensor step is of TensorFlow's type 3, expected 32-bit floats");
  }

  @Test
  void missingTensorIsNamedWithThoseThere() throws Exception {
    TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.open(write());
    String message =
        assertThrows(BadInputException.class, () -> checkpoint.read(Map.of("x", "x"))).getMessage();
    assertTrue(message.contains("has no tensor x; it has net/first, net/fist"), message);
  }

  @Test
  void publishedCheckpointHasAllItsEntries() {
    assumeTrue(Files.exists(PUBLISHED), "skipped: ../shared/data not present");
    TensorFlowCheckpoint checkpoint = TensorFlowCheckpoint.open(PUBLISHED);
    assertEquals(54, checkpoint.names().size());
    assertEquals(List.of(3L, 3L, 3L, 2L, 32L), checkpoint.shape("seed_update/conv0_a/weights"));
  }
}
