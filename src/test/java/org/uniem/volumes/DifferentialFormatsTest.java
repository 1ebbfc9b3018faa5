package org.uniem.volumes;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;

/**
 * Random files of other programs, read voxel- and unit-exact or refused in words. {@code
 * scripts/differential-formats.py FOLDER} makes them, {@code -Duniem.differential=FOLDER} names
 * them here.
 */
class DifferentialFormatsTest {

  private static final String PROPERTY = "uniem.differential";

  /** An entry of the manifest: size x, y, z; SHA-256 of the values, x fastest. */
  private record Entry(
      String file, long[] size, String type, String compared, String sha256, String[] voxel) {}

  @Test
  void filesOfOtherProgramsAreReadExactlyOrRefused() throws Exception {
    String folder = System.getProperty(PROPERTY, "");
    assumeTrue(
        !folder.isEmpty(),
        "skipped: give -D" + PROPERTY + "=… with what scripts/differential-formats.py has made");
    Entry[] entries =
        new Gson().fromJson(Files.readString(Path.of(folder, "manifest.json")), Entry[].class);
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Entry entry : entries) {
      String ending = entry.file.replaceAll("^[^.]*", "");
      try {
        String difference = compare(Path.of(folder, entry.file), entry);
        if (!difference.isEmpty()) {
          wrong.add(entry + ": " + difference);
        }
        outcomes.merge(ending + " read", 1, Integer::sum);
      } catch (BadInputException e) {
        String reason = e.getMessage().replace(folder, "").replaceAll("[-0-9.]+", "#");
        outcomes.merge(ending + " refused: " + entry.type + " " + reason, 1, Integer::sum);
      }
    }
    Files.write(
        Path.of(folder, "outcomes.txt"),
        outcomes.entrySet().stream().map(e -> e.getValue() + "  " + e.getKey()).toList());
    assertTrue(wrong.isEmpty(), wrong.size() + " wrong:\n" + String.join("\n", wrong));
  }

  private static String compare(Path file, Entry entry) throws Exception {
    try (Volume volume = Volumes.open(file)) {
      long[] size = {volume.width(), volume.height(), volume.depth()};
      if (!Arrays.equals(size, entry.size)) {
        return "size " + Arrays.toString(size);
      }
      if (!digest(volume, entry.compared.equals("ids")).equals(entry.sha256)) {
        return "values differ";
      }
      return entry.voxel == null ? "" : compare(volume.voxelSize(), entry.voxel);
    }
  }

  private static String compare(VoxelSize found, String[] expected) {
    double[] numbers = {found.x(), found.y(), found.z()};
    for (int axis = 0; axis < 3; axis++) {
      double right = Double.parseDouble(expected[axis]);
      if (!(Math.abs(numbers[axis] - right) <= 1e-5 * right)) {
        return "voxel size " + found;
      }
    }
    return found.unit().equals(LengthUnit.symbolOf(expected[3])) ? "" : "unit " + found;
  }

  private static String digest(Volume volume, boolean ids) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int pixels = Math.toIntExact(volume.width() * volume.height());
    for (long z = 0; z < volume.depth(); z++) {
      ByteBuffer bytes = ByteBuffer.allocate(8 * pixels).order(ByteOrder.LITTLE_ENDIAN);
      if (ids) {
        long[] slice = new long[pixels];
        volume.readLabels(z, 0, slice);
        bytes.asLongBuffer().put(slice);
        digest.update(bytes.array());
      } else {
        float[] slice = new float[pixels];
        volume.readSlice(z, 0, slice);
        bytes.asFloatBuffer().put(slice);
        digest.update(bytes.array(), 0, 4 * pixels);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
