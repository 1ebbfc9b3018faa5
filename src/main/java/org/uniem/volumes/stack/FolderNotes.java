package org.uniem.volumes.stack;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.uniem.volumes.SliceNames;

/** What the user should know of how a folder of slices was read. */
final class FolderNotes {

  private FolderNotes() {}

  /**
   * @param slices at least one
   * @param values what theirs are
   */
  static List<String> of(List<SliceFile> slices, SliceValues values) {
    List<String> notes = new ArrayList<>();
    if (values.areIndices()) {
      notes.add(
          which(slices, slice -> slice.palette().isPresent())
              + " a palette of colours: the values are the numbers of the colours, not brightness.");
    }
    if (slices.stream().anyMatch(SliceFile::hasTransparency)) {
      notes.add(
          which(slices, SliceFile::hasTransparency)
              + " transparency, which is left out: hidden pixels count with what is stored there.");
    }
    gaps(slices).ifPresent(notes::add);
    return List.copyOf(notes);
  }

  /**
   * Numbers that are left out between slices, where names have one number that tells them apart.
   */
  private static Optional<String> gaps(List<SliceFile> slices) {
    List<String> names = slices.stream().map(SliceFile::name).toList();
    Optional<List<BigInteger>> numbers = new SliceNames(names).onlyNumbers();
    if (slices.size() < 3 || numbers.isEmpty()) {
      return Optional.empty();
    }
    List<BigInteger> steps = new ArrayList<>();
    for (int z = 1; z < slices.size(); z++) {
      steps.add(numbers.get().get(z).subtract(numbers.get().get(z - 1)).abs());
    }
    BigInteger usual = mostFrequent(steps);
    List<Integer> wide =
        IntStream.range(0, steps.size())
            .filter(i -> steps.get(i).compareTo(usual) > 0)
            .boxed()
            .toList();
    if (wide.isEmpty()) {
      return Optional.empty();
    }
    int first = wide.get(0);
    return Optional.of(
        "The images in "
            + slices.get(0).path().getParent()
            + " are not numbered throughout: "
            + names.get(first)
            + " is followed by "
            + names.get(first + 1)
            + (wide.size() == 1 ? "" : ", and so in " + wide.size() + " places")
            + ". If slices are missing, lengths along z and what is joined across them are wrong.");
  }

  /** Of several the smallest. */
  private static BigInteger mostFrequent(List<BigInteger> steps) {
    TreeMap<BigInteger, Integer> counts = new TreeMap<>();
    steps.forEach(step -> counts.merge(step, 1, Integer::sum));
    int most = Collections.max(counts.values());
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /**
   * The files concerned, with the verb: {@code "3 of the 10 images in a (the first: b.png) have"}.
   */
  private static String which(List<SliceFile> slices, Predicate<SliceFile> concerned) {
    List<SliceFile> found = slices.stream().filter(concerned).toList();
    if (slices.size() == 1) {
      return slices.get(0).path() + " has";
    }
    return (found.size() == slices.size() ? "All" : found.size() + " of the " + slices.size())
        + " images in "
        + found.get(0).path().getParent()
        + (found.size() == slices.size()
            ? ""
            : " (the first: " + found.get(0).path().getFileName() + ")")
        + (found.size() == 1 ? " has" : " have");
  }
}
