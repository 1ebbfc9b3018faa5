#!/usr/bin/env python3
"""Times SciPy and scikit-image on the volumes that scripts/benchmark-peers has made.

benchmark-peers.py FOLDER SIZE KERNEL ROUNDS prints one line: kernel, library, median in
milliseconds, peak bytes, what came out; tabs between. A kernel that no library has prints nothing.
A further kernel is a function below that returns (library, work, names of the raw files).
"""
import statistics
import sys
import time

import numpy


def read(folder, size, name):
    kind = numpy.int32 if name in ("labels", "seeds") else numpy.uint8
    return numpy.fromfile(f"{folder}/{name}.raw", kind).reshape(size, size, size)


def components(volumes):
    import scipy
    from scipy import ndimage

    def work():
        return f"{ndimage.label(volumes['mask'])[1]} objects"

    return f"SciPy {scipy.__version__}", work


def label_components(volumes):
    import skimage
    from skimage import measure

    def work():
        return f"{measure.label(volumes['labels'], connectivity=3).max()} objects"

    return f"scikit-image {skimage.__version__}", work


def distance(volumes):
    import scipy
    from scipy import ndimage

    def work():
        return f"mean {ndimage.distance_transform_edt(volumes['mask']).mean():.5f}"

    return f"SciPy {scipy.__version__}", work


def watershed(volumes):
    import skimage
    from skimage import segmentation

    def work():
        found = segmentation.watershed(volumes["boundary"], volumes["seeds"])
        return f"{len(numpy.unique(found))} objects"

    return f"scikit-image {skimage.__version__}", work


KERNELS = {
    "components": (components, ["mask"]),
    "label-components": (label_components, ["labels"]),
    "distance": (distance, ["mask"]),
    "watershed": (watershed, ["boundary", "seeds"]),
}


def kilobytes(field):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(field):
                return int(line.split()[1])
    raise OSError(f"/proc/self/status lacks {field}")


def main(folder, size, name, rounds):
    if name not in KERNELS:
        return
    prepare, names = KERNELS[name]
    engine, work = prepare({n: read(folder, int(size), n) for n in names})
    times = []
    peak = 0
    for _ in range(int(rounds)):
        with open("/proc/self/clear_refs", "w") as clear:
            clear.write("5")
        before = kilobytes("VmRSS:")
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1e3)
        peak = max(peak, kilobytes("VmHWM:") - before)
    print(name, engine, f"{statistics.median(times):.0f}", peak * 1024, result, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
