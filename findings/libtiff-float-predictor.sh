#!/usr/bin/env bash
# LibTIFF's tiffcp, asked for the other byte order and predictor 3 of floats, writes the byte planes
# of each row with the least significant first. The predictor's definition (Adobe Photoshop TIFF
# Technical Note 3) puts the most significant first in either order, LibTIFF reads it so too, and
# what it wrote comes back as other numbers, with exit status 0. In the machine's own order all is
# well. A reader that follows the definition is right about such files, and they are wrong.
#
# Seen with Debian 12: libtiff-tools and libtiff6 4.5.0-6+deb12u* on amd64.
# Needs: apt (to download the packages), dpkg-deb, python3. Little-endian machine.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
apt-get download -qq libtiff-tools libtiff6 > download.log 2>&1 || { cat download.log; exit 2; }
for package in *.deb; do dpkg-deb -x "$package" root; echo "package: $package"; done
export LD_LIBRARY_PATH=$(dirname "$(find root -name 'libtiff.so.6' | head -1)")
tiffcp=root/usr/bin/tiffcp
python3 - << 'PYTHON'
import struct
# One row of four floats, little-endian, uncompressed.
values = (0.0, 0.37, 0.74, 1.11)
tags = [(256, 4, 4), (257, 4, 1), (258, 3, 32), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1),
        (278, 4, 1), (279, 4, 16), (339, 3, 3)]
entries = b''.join(struct.pack('<HHII', tag, kind, 1, value) for tag, kind, value in tags)
with open('plain.tif', 'wb') as file:
    file.write(b'II*\0' + struct.pack('<I', 24) + struct.pack('<4f', *values))
    file.write(struct.pack('<H', len(tags)) + entries + bytes(4))
PYTHON
read_back() { # read_back NAME ORDER: through predictor 3 in that order, and back to plain bytes
  "$tiffcp" -c zip:3 "$2" plain.tif "$1-packed.tif"
  "$tiffcp" -c none -L "$1-packed.tif" "$1.tif"
  python3 - "$1.tif" << 'PYTHON'
import struct, sys
data = open(sys.argv[1], 'rb').read()
at, = struct.unpack_from('<I', data, 4)
count, = struct.unpack_from('<H', data, at)
tags = {}
for i in range(count):
    tag, kind, number = struct.unpack_from('<HHI', data, at + 2 + 12 * i)
    tags[tag], = struct.unpack_from('<H' if kind == 3 else '<I', data, at + 10 + 12 * i)
print(' '.join('%.6g' % value for value in struct.unpack_from('<4f', data, tags[273])))
PYTHON
}
own=$(read_back own -L)
other=$(read_back other -B)
echo "little-endian and back: $own"
echo "big-endian and back:    $other"
[ "$own" = "0 0.37 0.74 1.11" ] || { echo "CHANGED: its own order is not kept"; exit 1; }
[ "$other" != "$own" ] || { echo "CHANGED: the other order is kept now"; exit 1; }
