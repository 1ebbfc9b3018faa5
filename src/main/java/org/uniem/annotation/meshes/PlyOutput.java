package org.uniem.annotation.meshes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.uniem.job.ResourceException;

/** Writes binary PLY: vertices at once, faces, which follow all of them, by a temporary file. */
final class PlyOutput extends MeshOutput {

  private static final int FACE = 1 + 3 * Integer.BYTES + Double.BYTES;

  private final FileChannel channel;
  private final FileChannel faces;
  private final Buffer vertexBuffer;
  private final Buffer faceBuffer;
  private long vertices;
  private long triangles;

  PlyOutput(FileChannel channel) throws IOException {
    this.channel = channel;
    faces =
        FileChannel.open(
            Files.createTempFile("uniem-faces", ".tmp"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    vertexBuffer = new Buffer(channel);
    faceBuffer = new Buffer(faces);
    // The numbers are put in at the end.
    byte[] header = header();
    vertexBuffer.room(header.length).put(header);
  }

  private byte[] header() {
    return String.format(
            Locale.ROOT,
            "ply\nformat binary_little_endian 1.0\nelement vertex %010d\nproperty float x\n"
                + "property float y\nproperty float z\nelement face %010d\n"
                + "property list uchar int vertex_indices\nproperty double id\nend_header\n",
            vertices,
            triangles)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  void add(TriangleMesh mesh) throws IOException {
    if (vertices + mesh.vertexCount() > Integer.MAX_VALUE) {
      throw new ResourceException(
          "PLY holds up to 2147483647 vertices here, found more: write a folder of files.");
    }
    for (int i = 0; i < mesh.vertices().length; i += 3) {
      ByteBuffer bytes = vertexBuffer.room(3 * Float.BYTES);
      for (int axis = 0; axis < 3; axis++) {
        bytes.putFloat(mesh.vertices()[i + axis]);
      }
    }
    for (int i = 0; i < mesh.triangles().length; i += 3) {
      ByteBuffer bytes = faceBuffer.room(FACE);
      bytes.put((byte) 3);
      for (int corner = i; corner < i + 3; corner++) {
        bytes.putInt((int) vertices + mesh.triangles()[corner]);
      }
      // PLY has no whole numbers of 64 bits; a double is exact up to 2^53.
      bytes.putDouble(mesh.id());
    }
    vertices += mesh.vertexCount();
    triangles += mesh.triangleCount();
  }

  @Override
  void finish() throws IOException {
    vertexBuffer.flush();
    faceBuffer.flush();
    long size = faces.position();
    for (long done = 0; done < size; ) {
      done += faces.transferTo(done, size - done, channel);
    }
    channel.write(ByteBuffer.wrap(header()), 0);
  }

  @Override
  public void close() throws IOException {
    faces.close();
  }
}
