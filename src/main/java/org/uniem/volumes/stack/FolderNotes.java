package org.uniem.volumes.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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
    return List.copyOf(notes);
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
