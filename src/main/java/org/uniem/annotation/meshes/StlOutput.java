package org.uniem.annotation.meshes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.uniem.job.ResourceException;

/** Writes binary STL. */
final class StlOutput extends MeshOutput {

  private static final int HEADER = 80;
  private static final int RECORD = 50;

  private final FileChannel channel;
  private final Buffer buffer;
  private long count;

  StlOutput(FileChannel channel) throws IOException {
    this.channel = channel;
    buffer = new Buffer(channel);
    // The number of triangles is put in at the end.
    buffer.room(HEADER + Integer.BYTES).put(new byte[HEADER + Integer.BYTES]);
  }

  @Override
  void add(TriangleMesh mesh) throws IOException {
    double[] normal = new double[3];
    int[] t = mesh.triangles();
    for (int i = 0; i < t.length; i += 3) {
      double length = mesh.normal(t[i], t[i + 1], t[i + 2], normal);
      ByteBuffer bytes = buffer.room(RECORD);
      for (double n : normal) {
        bytes.putFloat((float) (length > 0 ? n / length : 0));
      }
      for (int corner = i; corner < i + 3; corner++) {
        for (int axis = 0; axis < 3; axis++) {
          bytes.putFloat(mesh.vertices()[3 * t[corner] + axis]);
        }
      }
      bytes.putShort((short) mesh.id());
    }
    count += mesh.triangleCount();
  }

  @Override
  void finish() throws IOException {
    if (count > 0xFFFFFFFFL) {
      throw new ResourceException(
          "STL holds up to 4294967295 triangles, found " + count + ": write a folder of files.");
    }
    buffer.flush();
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    number.putInt((int) count).flip();
    channel.write(number, HEADER);
  }
}
