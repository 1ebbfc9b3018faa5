package org.uniem.annotation.meshes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Writes Wavefront OBJ. */
final class ObjOutput extends MeshOutput {

  private final Buffer buffer;
  private long vertices = 1;

  ObjOutput(FileChannel channel) {
    buffer = new Buffer(channel);
  }

  @Override
  void add(TriangleMesh mesh) throws IOException {
    put("o " + mesh.id() + "\n");
    float[] p = mesh.vertices();
    for (int i = 0; i < p.length; i += 3) {
      put("v " + p[i] + " " + p[i + 1] + " " + p[i + 2] + "\n");
    }
    int[] t = mesh.triangles();
    for (int i = 0; i < t.length; i += 3) {
      put(
          "f "
              + (vertices + t[i])
              + " "
              + (vertices + t[i + 1])
              + " "
              + (vertices + t[i + 2])
              + "\n");
    }
    vertices += mesh.vertexCount();
  }

  private void put(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    buffer.room(bytes.length).put(bytes);
  }

  @Override
  void finish() throws IOException {
    buffer.flush();
  }
}
