package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An array whose chunks are read one by one; one that is stored in one piece is read in pieces of
 * some megabytes, as if they were chunks. Thread-safe; used while its file is open.
 */
public final class Dataset {

  private static final int PIECE_BYTES = 1 << 22;
  private static final int LARGEST_ELEMENT = 1 << 16;
  private static final long ALL_FILTERS = 0xffff_ffffL;

  private final StoredBytes file;
  private final ObjectHeader header;
  private final Dataspace space;
  private final Datatype type;
  private final Layout layout;
  private final FilterPipeline filters;
  private final byte[] fill;
  private final int[] chunk;
  private final int chunkBytes;

  Dataset(StoredBytes file, ObjectHeader header) throws IOException {
    this.file = file;
    this.header = header;
    space = Dataspace.read(header.required(ObjectHeader.DATASPACE, "size"));
    type = Datatype.read(header.required(ObjectHeader.DATATYPE, "type"));
    if (header.has(ObjectHeader.EXTERNAL_FILES)) {
      throw new UnsupportedFeatureException("its elements are in other files");
    }
    if (type.size() > LARGEST_ELEMENT) {
      throw new UnsupportedFeatureException("its elements have " + type.size() + " bytes each");
    }
    if (type.size() < 1 || space.count() < 1) {
      throw new UnsupportedFeatureException("it is empty");
    }
    Optional<Fields> message = header.message(ObjectHeader.FILTERS);
    List<Filter> list = message.isPresent() ? Filter.read(message.get()) : List.of();
    filters = new FilterPipeline(list, type.size());
    layout =
        Layout.read(
            file,
            header.required(ObjectHeader.LAYOUT, "layout"),
            space,
            type.size(),
            !filters.isEmpty());
    fill = readFill();
    chunk = layout.chunk().isPresent() ? layout.chunk().get() : pieces();
    chunkBytes = Layout.bytes(chunk, type.size());
  }

  /** The size of what a header describes, without its elements. */
  static long[] shape(ObjectHeader header) throws IOException {
    return Dataspace.read(header.required(ObjectHeader.DATASPACE, "size")).shape();
  }

  /** The type of what a header describes. */
  static Datatype type(ObjectHeader header) throws IOException {
    return Datatype.read(header.required(ObjectHeader.DATATYPE, "type"));
  }

  private byte[] readFill() throws IOException {
    byte[] found = new byte[0];
    Optional<Fields> old = header.message(ObjectHeader.OLD_FILL_VALUE);
    if (old.isPresent()) {
      found = old.get().take(old.get().count(4));
    }
    Optional<Fields> message = header.message(ObjectHeader.FILL_VALUE);
    if (message.isPresent()) {
      Fields fields = message.get();
      int version = fields.u8();
      boolean defined;
      if (version == 1 || version == 2) {
        fields.skip(2);
        defined = fields.u8() == 1;
      } else if (version == 3) {
        defined = (fields.u8() & 32) != 0;
      } else {
        throw new UnsupportedFeatureException(
            "its fill value has version " + version + ": expected 1 to 3");
      }
      if (defined) {
        found = fields.take(fields.count(4));
      }
    }
    if (found.length != 0 && found.length != type.size()) {
      throw new IOException(
          "its fill value has " + found.length + " bytes: expected " + type.size());
    }
    return found.length == 0 ? new byte[type.size()] : found;
  }

  /** Parts of one piece in the file that are one piece each: whole along the last axes. */
  private int[] pieces() {
    long[] shape = space.shape();
    int[] piece = new int[shape.length];
    Arrays.fill(piece, 1);
    long bytes = type.size();
    for (int d = shape.length - 1; d >= 0 && bytes < PIECE_BYTES; d--) {
      piece[d] = (int) Math.min(shape[d], Math.max(1, PIECE_BYTES / bytes));
      bytes *= piece[d];
      if (piece[d] < shape[d]) {
        break;
      }
    }
    return piece;
  }

  /** Elements along each axis, slowest first. */
  public long[] shape() {
    return space.shape().clone();
  }

  /** Elements of a chunk along each axis. */
  public int[] chunk() {
    return chunk.clone();
  }

  /** Type of an element. */
  public Datatype type() {
    return type;
  }

  /** The bytes of an element that was never written. */
  public byte[] fill() {
    return fill.clone();
  }

  /** Its attributes by their names. */
  public Map<String, Attribute> attributes() throws IOException {
    return Attribute.of(file, header);
  }

  /**
   * Reads and decodes a chunk.
   *
   * @param index number of the chunk along each axis
   * @return its elements, whole also at the edges; empty where it was never written
   * @throws IOException if it is damaged; says what is wrong
   */
  public Optional<byte[]> read(long... index) throws IOException {
    if (layout.index().isEmpty()) {
      return readPiece(index);
    }
    Optional<StoredChunk> found;
    try {
      found = layout.index().get().find(index);
    } catch (ArithmeticException e) {
      throw new IOException("the index of its chunks is damaged", e);
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StoredChunk stored = found.get();
    long mask = layout.wholeEdges() && isAtEdge(index) ? ALL_FILTERS : stored.mask();
    byte[] bytes = file.bytes(stored.address(), stored.size());
    return Optional.of(filters.decode(bytes, mask, chunkBytes));
  }

  private boolean isAtEdge(long[] index) {
    for (int d = 0; d < index.length; d++) {
      if ((index[d] + 1) * chunk[d] > space.shape()[d]) {
        return true;
      }
    }
    return false;
  }

  private Optional<byte[]> readPiece(long[] index) throws IOException {
    if (layout.data().isEmpty() && layout.address() == Fields.UNDEFINED) {
      return Optional.empty();
    }
    long[] shape = space.shape();
    long first = 0;
    long count = 1;
    for (int d = 0; d < shape.length; d++) {
      first = first * shape[d] + index[d] * chunk[d];
      count *= Math.min(chunk[d], shape[d] - index[d] * chunk[d]);
    }
    byte[] bytes;
    if (layout.data().isPresent()) {
      byte[] all = layout.data().get();
      if ((first + count) * type.size() > all.length) {
        throw new IOException(
            "it has " + all.length + " bytes: expected " + space.count() * type.size());
      }
      int start = (int) (first * type.size());
      bytes = Arrays.copyOfRange(all, start, start + (int) count * type.size());
    } else {
      bytes = file.bytes(layout.address() + first * type.size(), count * type.size());
    }
    return Optional.of(bytes.length == chunkBytes ? bytes : Arrays.copyOf(bytes, chunkBytes));
  }

  /**
   * The positions of its elements along its axes, as other datasets tell ("dimension scales").
   *
   * @return one per axis, empty for those without one; empty where there are none
   */
  public List<Optional<Scale>> scales() throws IOException {
    Attribute references = attributes().get("DIMENSION_LIST");
    List<Optional<Scale>> scales = new ArrayList<>();
    if (references != null) {
      for (long address : references.references()) {
        scales.add(address < 0 ? Optional.empty() : Scale.read(file, address));
      }
    }
    return scales;
  }
}
