package org.uniem.annotation.meshes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.uniem.job.files.WholeFile;

/** A mesh file that is being written. Not thread-safe. */
abstract class MeshOutput implements AutoCloseable {

  /** Writes a mesh after those before. */
  abstract void add(TriangleMesh mesh) throws IOException;

  /** Ends the file. */
  abstract void finish() throws IOException;

  @Override
  public void close() throws IOException {}

  /** Collects small pieces for a channel. */
  static final class Buffer {

    private final FileChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    Buffer(FileChannel channel) {
      this.channel = channel;
    }

    /** Room for some bytes, 1024 at most. */
    ByteBuffer room(int count) throws IOException {
      if (bytes.remaining() < count) {
        flush();
      }
      return bytes;
    }

    void flush() throws IOException {
      bytes.flip();
      WholeFile.writeAll(channel, bytes);
      bytes.clear();
    }
  }
}
