#!/usr/bin/env bash
# io.jhdf:jhdf 0.13.0 (Maven Central) reads files of h5py 3.7.0 (Debian python3-h5py 3.7.0-8, HDF5 1.10.8), all valid:
#   - chunks that were never written come as 0, not as the fill value (513);
#   - the mask of a chunk that tells that a filter was skipped is ignored: the bytes of 16-bit numbers are mixed up, without a word;
#   - a dataset whose largest size is beyond its present one (libver="latest") cannot be read; one of a committed type comes without its numbers;
#   - a checksum (fletcher32) that is wrong is not noticed;
#   - a group with one virtual dataset among its members cannot be listed at all;
#   - int16 in the unsigned type comes as int, uint64 as an object per voxel (BigInteger).
# Exits with 1 where that is no longer so. Needs: JDK 17, Maven, /usr/bin/python3 with h5py.
set -euo pipefail
cd "$(mktemp -d)"
cat > pom.xml <<'POM'
<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>io.jhdf</groupId><artifactId>jhdf</artifactId><version>0.13.0</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency></dependencies></project>
POM
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=cp.txt
/usr/bin/python3 - <<'PY'
import h5py, numpy as np
print("h5py", h5py.__version__, "HDF5", h5py.version.hdf5_version)
with h5py.File("a.h5", "w") as h:
    skipped = h.create_dataset("skipped", (1, 1, 4), "u2", chunks=(1, 1, 4), shuffle=True)
    skipped.id.write_direct_chunk((0, 0, 0), np.arange(4, dtype="u2").tobytes(), filter_mask=1)
    part = h.create_dataset("unwritten", (4, 2, 2), "u2", chunks=(2, 2, 2), fillvalue=513)
    part[:2] = 1
    h.create_dataset("ids", data=np.full((1, 1, 1), 2**64 - 1, "u8"))
    h.create_dataset("checked", data=np.arange(100, 132, dtype="u2"), chunks=(32,), fletcher32=True)
    layout = h5py.VirtualLayout((1, 3), "u1")
    layout[0] = h5py.VirtualSource("other.h5", "raw", (3,))
    h["group/plain"] = 1
    h.create_virtual_dataset("group/virtual", layout)
with h5py.File("b.h5", "w", libver="latest") as h:
    data = np.arange(5 * 6 * 7, dtype="u2").reshape(5, 6, 7)
    h.create_dataset("limited", data=data, chunks=(2, 4, 3), maxshape=(9, 11, 13))
with h5py.File("d.h5", "w") as h:
    h["type"] = np.dtype("<u2")
    h.create_dataset("committed", (1, 1, 2), h["type"])[...] = 7
with h5py.File("a.h5") as h:
    assert h["skipped"][...].tolist() == [[[0, 1, 2, 3]]]
raw = open("a.h5", "rb").read()
at = raw.index(np.arange(100, 132, dtype="u2").tobytes())
open("c.h5", "wb").write(raw[:at] + b"\x63" + raw[at + 1 :])
PY
cat > Finding.java <<'JAVA'
import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.Arrays;

public class Finding {
  static String read(String file, String path) {
    try (HdfFile hdf = new HdfFile(Path.of(file))) {
      return Arrays.deepToString(new Object[] {hdf.getDatasetByPath(path).getData()});
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  static void expect(boolean still, String what) {
    System.out.println((still ? "as found: " : "CHANGED: ") + what);
    if (!still) {
      System.exit(1);
    }
  }

  public static void main(String[] args) {
    String unwritten = read("a.h5", "unwritten");
    expect(unwritten.endsWith("[[0, 0], [0, 0]], [[0, 0], [0, 0]]]]"), "unwritten " + unwritten);
    String skipped = read("a.h5", "skipped");
    expect(skipped.equals("[[[[512, 0, 769, 0]]]]"), "skipped filter, 0 to 3 are read as " + skipped);
    expect(read("b.h5", "limited").endsWith("Exception"), "limited " + read("b.h5", "limited"));
    expect(read("d.h5", "committed").equals("[[[[[], []]]]]"), "committed " + read("d.h5", "committed"));
    expect(read("c.h5", "checked").startsWith("[[99, 101"), "wrong checksum " + read("c.h5", "checked"));
    String plain = read("a.h5", "group/plain");
    expect(!plain.equals("[1]"), "member beside a virtual dataset: " + plain);
    try (HdfFile hdf = new HdfFile(Path.of("a.h5"))) {
      String type = hdf.getDatasetByPath("ids").getData().getClass().getSimpleName();
      expect(type.equals("BigInteger[][][]"), "uint64 as " + type);
    }
  }
}
JAVA
java -cp "$(cat cp.txt)" Finding.java
