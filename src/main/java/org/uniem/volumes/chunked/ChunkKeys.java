package org.uniem.volumes.chunked;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the names of chunk files are spelled.
 *
 * @param prefix before the numbers: {@code "c/"} or {@code "c."}, or empty
 * @param separator between the numbers: {@code "/"} or {@code "."}
 */
public record ChunkKeys(String prefix, String separator) {

  /** All spellings that programs make, the usual ones first. */
  static final List<ChunkKeys> KNOWN =
      List.of(
          new ChunkKeys("", "/"),
          new ChunkKeys("", "."),
          new ChunkKeys("c/", "/"),
          new ChunkKeys("c.", "."),
          new ChunkKeys("c/", "."),
          new ChunkKeys("c.", "/"));

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  /** The name of a chunk's file. */
  public String of(long[] index) {
    return prefix
        + Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(separator));
  }

  /** The chunk of a name, empty where it is not spelled so. */
  Optional<long[]> parse(String name, int dimensions) {
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    String[] numbers = name.substring(prefix.length()).split(Pattern.quote(separator), -1);
    long[] index = new long[dimensions];
    if (numbers.length != dimensions) {
      return Optional.empty();
    }
    for (int d = 0; d < dimensions; d++) {
      if (!NUMBER.matcher(numbers[d]).matches()) {
        return Optional.empty();
      }
      index[d] = Long.parseLong(numbers[d]);
    }
    return Optional.of(index);
  }
}
