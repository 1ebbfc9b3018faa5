package org.uniem.commands.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One question to a {@link PredictionServer}, or its answer, as bytes.
 *
 * <p>Layout: a mark, kind, number, length of the text, text in UTF-8, batch, height, width, number
 * of values (all big-endian integers, the number of the question 64-bit), values as little-endian
 * 32-bit floats.
 *
 * @param kind what it is
 * @param id number of the question; its answer has the same
 * @param text a folder, a description or a failure; may be empty
 * @param batch images of the batch
 * @param height rows of an image
 * @param width columns of an image
 * @param values pixels or probabilities; not copied
 */
record PredictionFrame(
    Kind kind, long id, String text, int batch, int height, int width, float[] values) {

  enum Kind {
    /** Question: load the model of a folder. */
    OPEN,
    /** Question: predict a batch. */
    PREDICT,
    /** Answer, with text or values. */
    DONE,
    /** Answer: a failure as the line of a {@link WorkerMessage}. */
    FAILED
  }

  private static final int MARK = 0x756E6945;
  private static final int CHUNK_VALUES = 1 << 14;
  private static final float[] NONE = {};

  static PredictionFrame text(Kind kind, long id, String text) {
    return new PredictionFrame(kind, id, text, 0, 0, 0, NONE);
  }

  void write(DataOutputStream stream) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    stream.writeInt(MARK);
    stream.writeInt(kind.ordinal());
    stream.writeLong(id);
    stream.writeInt(bytes.length);
    stream.write(bytes);
    stream.writeInt(batch);
    stream.writeInt(height);
    stream.writeInt(width);
    stream.writeInt(values.length);
    ByteBuffer chunk = chunk();
    for (int start = 0; start < values.length; start += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, values.length - start);
      chunk.asFloatBuffer().put(values, start, count);
      stream.write(chunk.array(), 0, count * Float.BYTES);
    }
    stream.flush();
  }

  /**
   * Reads the next frame.
   *
   * @throws java.io.EOFException where there is none
   * @throws IOException if something else has written into the pipe
   */
  static PredictionFrame read(DataInputStream stream) throws IOException {
    int mark = stream.readInt();
    if (mark != MARK) {
      throw new IOException(String.format("expected a frame, found 0x%08X", mark));
    }
    Kind kind = Kind.values()[stream.readInt()];
    long id = stream.readLong();
    String text = new String(stream.readNBytes(stream.readInt()), StandardCharsets.UTF_8);
    int batch = stream.readInt();
    int height = stream.readInt();
    int width = stream.readInt();
    float[] values = new float[stream.readInt()];
    ByteBuffer chunk = chunk();
    for (int start = 0; start < values.length; start += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, values.length - start);
      stream.readFully(chunk.array(), 0, count * Float.BYTES);
      chunk.asFloatBuffer().get(values, start, count);
    }
    return new PredictionFrame(kind, id, text, batch, height, width, values);
  }

  private static ByteBuffer chunk() {
    return ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
