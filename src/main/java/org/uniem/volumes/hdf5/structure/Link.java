package org.uniem.volumes.hdf5.structure;

/**
 * A name in a group.
 *
 * @param kind of what it leads to
 * @param address of the object's header; of a hard link
 * @param target path of the object; of a soft or external link
 * @param file name of the other file; of an external link
 */
record Link(Kind kind, long address, String target, String file) {

  enum Kind {
    HARD,
    SOFT,
    EXTERNAL,
    OTHER
  }

  static Link hard(long address) {
    return new Link(Kind.HARD, address, "", "");
  }

  static Link soft(String target) {
    return new Link(Kind.SOFT, 0, target, "");
  }
}
