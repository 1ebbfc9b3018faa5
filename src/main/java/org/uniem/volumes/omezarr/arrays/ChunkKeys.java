package org.uniem.volumes.omezarr.arrays;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The file names of chunks.
 *
 * @param prefix before the numbers: {@code "c"}, or empty
 * @param separator between the numbers: {@code "/"} or {@code "."}
 */
record ChunkKeys(String prefix, String separator) {

  String of(long[] index) {
    String numbers =
        Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(separator));
    return prefix.isEmpty() ? numbers : prefix + separator + numbers;
  }
}
