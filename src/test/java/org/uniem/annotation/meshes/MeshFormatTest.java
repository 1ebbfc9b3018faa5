package org.uniem.annotation.meshes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.job.BadParameterException;

class MeshFormatTest {

  /** A tetrahedron at the origin, and one further along x with a large id. */
  private static final TriangleMesh FIRST = tetrahedron(70000, 0);

  private static final TriangleMesh SECOND = tetrahedron(1L << 40, 10);

  @TempDir Path folder;

  private static TriangleMesh tetrahedron(long id, float x) {
    return new TriangleMesh(
        id,
        new float[] {x, 0, 0, x + 2, 0, 0, x, 3, 0, x, 0, 4.5f},
        new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3});
  }

  private ByteBuffer write(MeshFormat format) throws IOException {
    Path file = folder.resolve("meshes." + format.ending());
    format.write(
        file,
        sink -> {
          sink.write(FIRST);
          assertFalse(Files.exists(file));
          sink.write(SECOND);
        });
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void tetrahedronHasItsVolumeAndArea() {
    assertEquals(2 * 3 * 4.5 / 6, FIRST.volume(), 1e-12);
    double slope = Math.sqrt(9 * 20.25 + 4 * 20.25 + 36) / 2;
    assertEquals((6 + 9 + 13.5) / 2 + slope, FIRST.area(), 1e-9);
  }

  @Test
  void stlHasCountNormalsPlacesAndIds() throws IOException {
    ByteBuffer bytes = write(MeshFormat.STL);
    assertEquals(84 + 8 * 50, bytes.limit());
    assertEquals(8, bytes.getInt(80));
    bytes.position(84);
    float[] expected = {0, 0, -1, 0, 0, 0, 0, 3, 0, 2, 0, 0};
    for (float value : expected) {
      assertEquals(value, bytes.getFloat(), 1e-6);
    }
    assertEquals((short) (70000 & 0xFFFF), bytes.getShort());
    assertEquals(10, bytes.getFloat(84 + 4 * 50 + 12));
  }

  @Test
  void objNumbersVerticesOn() throws IOException {
    String text = StandardCharsets.US_ASCII.decode(write(MeshFormat.OBJ)).toString();
    assertTrue(text.startsWith("o 70000\nv 0.0 0.0 0.0\nv 2.0 0.0 0.0\n"), text);
    assertTrue(text.contains("f 1 3 2\n"), text);
    assertTrue(text.contains("o 1099511627776\nv 10.0 0.0 0.0\n"), text);
    assertTrue(text.endsWith("f 6 7 8\n"), text);
  }

  @Test
  void plyHasCountsVerticesAndFacesWithIds() throws IOException {
    ByteBuffer bytes = write(MeshFormat.PLY);
    String header = StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
    int start = header.indexOf("end_header\n") + 11;
    assertTrue(header.contains("element vertex 0000000008\n"), header);
    assertTrue(header.contains("element face 0000000008\n"), header);
    assertEquals(start + 8 * 12 + 8 * 21, bytes.limit());
    assertEquals(2, bytes.getFloat(start + 12));
    int face = start + 8 * 12 + 7 * 21;
    assertEquals(3, bytes.get(face));
    assertEquals(5, bytes.getInt(face + 1));
    assertEquals(7, bytes.getInt(face + 9));
    assertEquals((double) (1L << 40), bytes.getDouble(face + 13));
  }

  @Test
  void largeMeshesPassTheBuffer() throws IOException {
    int n = 10_000;
    TriangleMesh mesh = new TriangleMesh(1, new float[3 * n], new int[3 * n]);
    for (MeshFormat format : MeshFormat.values()) {
      Path file = folder.resolve("large." + format.ending());
      format.write(file, sink -> sink.write(mesh));
      long size = Files.size(file);
      switch (format) {
        case STL -> assertEquals(84 + 50L * n, size);
        case PLY -> assertEquals(33L * n, size, 500);
        default -> assertEquals(2 * n + 1, Files.readAllLines(file).size());
      }
    }
  }

  @Test
  void failureLeavesNothing() {
    for (MeshFormat format : MeshFormat.values()) {
      Path file = folder.resolve("broken." + format.ending());
      assertThrows(
          IllegalStateException.class,
          () ->
              format.write(
                  file,
                  sink -> {
                    sink.write(FIRST);
                    throw new IllegalStateException("stop");
                  }));
      assertEquals(0, folder.toFile().list().length);
    }
  }

  @Test
  void unknownNamesAreRefused() {
    var e = assertThrows(BadParameterException.class, () -> MeshFormat.of("off"));
    assertEquals("format=off is unknown: give stl, obj or ply.", e.getMessage());
    e = assertThrows(BadParameterException.class, () -> Smoothing.of("fairing"));
    assertEquals("smoothing=fairing is unknown: give none, taubin or humphrey.", e.getMessage());
  }
}
