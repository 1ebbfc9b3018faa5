package org.uniem.networks.checkpoints;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the index of a checkpoint says of one tensor.
 *
 * <p>Source: tensorflow/core/protobuf/tensor_bundle.proto, message BundleEntryProto.
 *
 * @param type number of the element type; {@link #FLOAT}: 32-bit floats
 * @param shape size per axis, slowest first
 * @param shard number of the data file, from 0
 * @param offset of the first byte in the data file
 * @param bytes size of the values
 * @param crc masked CRC-32C of the values
 * @param sliced whether the values are spread over several entries
 */
record TensorEntry(
    int type, List<Long> shape, int shard, long offset, long bytes, int crc, boolean sliced) {

  static final int FLOAT = 1;

  static TensorEntry parse(ByteBuffer message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    int type = 0;
    List<Long> shape = List.of();
    int shard = 0;
    long offset = 0;
    long bytes = 0;
    int crc = 0;
    boolean sliced = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> type = in.readEnum();
        case 2 -> shape = parseShape(in.readBytes().newCodedInput());
        case 3 -> shard = in.readInt32();
        case 4 -> offset = in.readInt64();
        case 5 -> bytes = in.readInt64();
        case 6 -> crc = in.readFixed32();
        case 7 -> {
          sliced = true;
          in.skipField(tag);
        }
        default -> in.skipField(tag);
      }
    }
    return new TensorEntry(type, shape, shard, offset, bytes, crc, sliced);
  }

  private static List<Long> parseShape(CodedInputStream in) throws IOException {
    List<Long> shape = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 2) {
        shape.add(parseSize(in.readBytes().newCodedInput()));
      } else {
        in.skipField(tag);
      }
    }
    return List.copyOf(shape);
  }

  private static long parseSize(CodedInputStream in) throws IOException {
    long size = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        size = in.readInt64();
      } else {
        in.skipField(tag);
      }
    }
    return size;
  }

  /** Number of values. */
  long count() throws IOException {
    long count = 1;
    for (long size : shape) {
      if (size < 0 || size > Integer.MAX_VALUE || count * size > Integer.MAX_VALUE) {
        throw new IOException("a tensor claims the shape " + shape);
      }
      count *= size;
    }
    return count;
  }
}
