package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uniem.volumes.storage.HalfFloat;

/** A small value beside a dataset or group. Immutable. */
public final class Attribute {

  private static final int MOST_VALUES = 100_000;
  private static final int MOST_TEXTS = 1000;
  private static final int HASHED = 17;

  private final StoredBytes file;
  private final Datatype type;
  private final int count;
  private final byte[] data;

  private Attribute(StoredBytes file, Datatype type, int count, byte[] data) {
    this.file = file;
    this.type = type;
    this.count = count;
    this.data = data;
  }

  /** The attributes of an object by their names. */
  static Map<String, Attribute> of(StoredBytes file, ObjectHeader header) throws IOException {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (Fields message : header.messages(ObjectHeader.ATTRIBUTE)) {
      read(file, message, attributes);
    }
    Optional<Fields> info = header.message(ObjectHeader.ATTRIBUTE_INFO);
    if (info.isPresent()) {
      Fields fields = info.get();
      fields.version(0, "the list of attributes");
      fields.skip((fields.u8() & 1) == 0 ? 0 : 2);
      long heapAddress = fields.offset();
      long treeAddress = fields.offset();
      if (heapAddress != Fields.UNDEFINED && treeAddress != Fields.UNDEFINED) {
        FractalHeap heap = FractalHeap.read(file, heapAddress);
        for (Fields record : TreeTwo.read(file, treeAddress).records()) {
          // Behind the id are flags, a number and a hash.
          read(file, heap.object(record.take(record.remaining() + 8 - HASHED)), attributes);
        }
      }
    }
    return attributes;
  }

  private static void read(StoredBytes file, Fields fields, Map<String, Attribute> attributes)
      throws IOException {
    int version = fields.u8();
    if (version < 1 || version > 3) {
      throw new UnsupportedFeatureException(
          "an attribute has version " + version + ": expected 1 to 3");
    }
    int flags = fields.u8();
    int nameSize = fields.u16();
    int typeSize = fields.u16();
    int spaceSize = fields.u16();
    fields.skip(version == 3 ? 1 : 0);
    String name = fields.text(nameSize);
    align(fields, version);
    Fields typeFields = fields.over(fields.take(typeSize));
    align(fields, version);
    Fields spaceFields = fields.over(fields.take(spaceSize));
    align(fields, version);
    if (version > 1 && (flags & 1) != 0) {
      typeFields = ObjectHeader.shared(file, typeFields, ObjectHeader.DATATYPE);
    }
    if (version > 1 && (flags & 2) != 0) {
      spaceFields = ObjectHeader.shared(file, spaceFields, ObjectHeader.DATASPACE);
    }
    Datatype type = Datatype.read(typeFields);
    long count = Dataspace.read(spaceFields).count();
    if (count <= MOST_VALUES && count * type.size() <= fields.remaining()) {
      byte[] data = fields.take((int) count * type.size());
      attributes.put(name, new Attribute(file, type, (int) count, data));
    } else {
      throw new IOException("the attribute '" + name + "' is damaged");
    }
  }

  private static void align(Fields fields, int version) {
    if (version == 1) {
      fields.align();
    }
  }

  /** Its numbers, empty where it has others than numbers. */
  public Optional<double[]> numbers() {
    if (!type.isNumber()) {
      return Optional.empty();
    }
    return Optional.of(numbers(type, data, count));
  }

  /** The numbers in the bytes of elements of a type. */
  static double[] numbers(Datatype type, byte[] data, int count) {
    double[] numbers = new double[count];
    ByteBuffer bytes = ByteBuffer.wrap(data).order(type.order());
    for (int i = 0; i < count; i++) {
      numbers[i] = number(type, bytes, i * type.size());
    }
    return numbers;
  }

  private static double number(Datatype type, ByteBuffer bytes, int at) {
    boolean isFloat = type.kind() == Datatype.Kind.FLOAT;
    return switch (type.size()) {
      case 1 -> type.signed() ? bytes.get(at) : bytes.get(at) & 0xff;
      case 2 ->
          isFloat
              ? HalfFloat.toFloat(bytes.getShort(at))
              : type.signed() ? bytes.getShort(at) : bytes.getShort(at) & 0xffff;
      case 4 ->
          isFloat
              ? asDecimal(bytes.getFloat(at))
              : type.signed() ? bytes.getInt(at) : bytes.getInt(at) & 0xffff_ffffL;
      default -> isFloat ? bytes.getDouble(at) : bytes.getLong(at);
    };
  }

  /** The number that the float was written for: 0.004, not the nearest to it of 24 bits. */
  private static double asDecimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  /**
   * Its texts, empty where it has others than texts.
   *
   * @throws IOException if they are damaged
   */
  public List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    Fields fields = new Fields(data, file.offsetSize(), file.lengthSize());
    for (int i = 0; i < Math.min(count, MOST_TEXTS); i++) {
      if (type.kind() == Datatype.Kind.STRING) {
        texts.add(fields.text(type.size()).stripTrailing());
      } else if (type.kind() == Datatype.Kind.VARIABLE_STRING) {
        byte[] bytes = sequence(fields, 1);
        texts.add(new Fields(bytes, 8, 8).text(bytes.length));
      }
    }
    return texts;
  }

  /**
   * The addresses of the objects that each of its sequences begins with, −1 for empty ones; empty
   * where it has no sequences of references.
   */
  List<Long> references() throws IOException {
    List<Long> addresses = new ArrayList<>();
    boolean some =
        type.kind() == Datatype.Kind.SEQUENCE
            && type.base().orElseThrow().kind() == Datatype.Kind.REFERENCE;
    Fields fields = new Fields(data, file.offsetSize(), file.lengthSize());
    for (int i = 0; i < Math.min(count, MOST_TEXTS) && some; i++) {
      byte[] bytes = sequence(fields, type.base().orElseThrow().size());
      addresses.add(
          bytes.length < file.offsetSize()
              ? Fields.UNDEFINED
              : new Fields(bytes, file.offsetSize(), file.lengthSize()).offset());
    }
    return addresses;
  }

  /** The bytes of a value of variable length, which are in a heap of the file. */
  private byte[] sequence(Fields fields, int elementSize) throws IOException {
    long length = fields.u32() * elementSize;
    long heap = fields.offset();
    long index = fields.u32();
    if (length == 0 || heap == Fields.UNDEFINED || heap == 0) {
      return new byte[0];
    }
    Fields prefix = file.fields(heap, 8L + file.lengthSize());
    prefix.signature("GCOL");
    prefix.version(1, "a heap");
    prefix.skip(3);
    Fields objects = file.fields(heap, prefix.length());
    objects.skip(8 + file.lengthSize());
    while (objects.remaining() >= 8 + file.lengthSize()) {
      int found = objects.u16();
      objects.skip(6);
      long size = objects.length();
      if (found == 0 || size > objects.remaining()) {
        break;
      }
      if (found == index && size >= length) {
        return objects.take((int) length);
      }
      objects.skip((int) Math.min(objects.remaining(), (size + 7) / 8 * 8));
    }
    throw new IOException("a text of an attribute is missing");
  }
}
