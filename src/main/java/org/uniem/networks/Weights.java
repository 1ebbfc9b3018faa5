package org.uniem.networks;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

/**
 * The trained numbers of a network: tensors by name, in a fixed order.
 *
 * <p>The map cannot be changed; the arrays are not copied, so whoever hands them over leaves them
 * alone from then on. Thread-safe under that condition.
 */
public final class Weights {

  private final Map<String, Tensor> tensors;

  /**
   * @param tensors tensors by name; their order is kept
   */
  public Weights(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.tensors.forEach(
        (name, tensor) -> {
          if (name == null || name.isEmpty() || tensor == null) {
            throw new BadParameterException(
                "Weights hold a tensor without name or a name without tensor: " + name + ".");
          }
        });
  }

  /** The names in order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The number of tensors. */
  public int size() {
    return tensors.size();
  }

  /** Whether there is a tensor of this name. */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * The tensor of a name.
   *
   * @throws BadInputException if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new BadInputException(
          "The weights hold no tensor \""
              + name
              + "\" ("
              + tensors.size()
              + " others are there): they were made for another network.");
    }
    return tensor;
  }

  /**
   * The tensor of a name and a shape.
   *
   * @param name of the tensor
   * @param shape that it must have, slowest axis first
   * @throws BadInputException if there is none, or its shape is another
   */
  public Tensor get(String name, int[] shape) {
    Tensor tensor = get(name);
    if (!Arrays.equals(shape, tensor.shape())) {
      throw new BadInputException(
          "The weight \""
              + name
              + "\" has the shape "
              + Arrays.toString(tensor.shape())
              + ", expected "
              + Arrays.toString(shape)
              + ": it is of another network. Give a model or checkpoint of this one.");
    }
    return tensor;
  }

  /**
   * The name of the first tensor with a value that is infinite or no number, empty where all are
   * finite. What a network makes of such weights need not show it: its maxima leave them out.
   */
  public Optional<String> notFinite() {
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      for (float value : entry.getValue().values()) {
        if (!Float.isFinite(value)) {
          return Optional.of(entry.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** All tensors in order; the map cannot be changed. */
  public Map<String, Tensor> asMap() {
    return tensors;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && tensors.equals(that.tensors)
        && Arrays.equals(names().toArray(), that.names().toArray());
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  /**
   * One tensor; equal to another if shape and all values are the same to the bit.
   *
   * @param shape size per axis, slowest first; empty for a single number
   * @param values the values, last axis fastest; not copied
   */
  public record Tensor(int[] shape, float[] values) {

    public Tensor {
      long count = 1;
      for (int size : shape) {
        if (size < 0) {
          throw new BadParameterException(
              "Tensor shape " + Arrays.toString(shape) + " has a negative size.");
        }
        count = Math.multiplyExact(count, size);
      }
      if (count != values.length) {
        throw new BadParameterException(
            "Tensor shape "
                + Arrays.toString(shape)
                + " needs "
                + count
                + " values, found "
                + values.length
                + ".");
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tensor that
          && Arrays.equals(shape, that.shape)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Tensor" + Arrays.toString(shape);
    }
  }
}
