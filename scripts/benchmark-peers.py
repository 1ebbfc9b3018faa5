#!/usr/bin/env python3
"""Times SciPy and scikit-image on the volumes that scripts/benchmark-peers has made.

benchmark-peers.py FOLDER SIZE KERNEL ROUNDS prints one line: kernel, library, median in
milliseconds, median of the processor's, peak bytes, what came out; tabs between. A kernel that no
library has prints nothing.
A further kernel is a function below that returns (library, work, words for its result).
"""
import statistics
import sys
import time

import numpy


def read(folder, size, name):
    kind = numpy.int32 if name in ("labels", "other", "seeds") else numpy.uint8
    return numpy.fromfile(f"{folder}/{name}.raw", kind).reshape(size, size, size)


def components(volumes):
    import scipy
    from scipy import ndimage

    def work():
        return ndimage.label(volumes["mask"])

    return f"SciPy {scipy.__version__}", work, lambda found: f"{found[1]} objects"


def label_components(volumes):
    import skimage
    from skimage import measure

    def work():
        return measure.label(volumes["labels"], connectivity=3)

    return f"scikit-image {skimage.__version__}", work, lambda found: f"{found.max()} objects"


def distance(volumes):
    import scipy
    from scipy import ndimage

    def work():
        return ndimage.distance_transform_edt(volumes["mask"])

    return f"SciPy {scipy.__version__}", work, lambda found: f"mean {found.mean():.5f}"


def watershed(volumes):
    import skimage
    from skimage import segmentation

    def work():
        return segmentation.watershed(volumes["boundary"], volumes["seeds"])

    def words(found):
        return f"{numpy.count_nonzero(numpy.bincount(found.ravel()))} objects"

    return f"scikit-image {skimage.__version__}", work, words


def meshes(volumes):
    import skimage
    from scipy import ndimage
    from skimage import measure

    def work():
        objects = 0
        vertices = 0
        for number, box in enumerate(ndimage.find_objects(volumes["labels"]), 1):
            if box is not None:
                # Background around it, as surfaces are closed.
                one = numpy.pad(volumes["labels"][box] == number, 1)
                vertices += len(measure.marching_cubes(one, 0.5)[0])
                objects += 1
        return f"{objects} objects, {vertices / 1e6:.1f} million vertices"

    return f"scikit-image {skimage.__version__}", work, str


def scores(volumes):
    import skimage
    from skimage import metrics

    def work():
        error = metrics.adapted_rand_error(volumes["labels"], volumes["other"])[0]
        split, merge = metrics.variation_of_information(
            volumes["labels"], volumes["other"], ignore_labels=(0,)
        )
        return f"error {error:.5f}, VI {split:.5f} + {merge:.5f}"

    return f"scikit-image {skimage.__version__}", work, str


KERNELS = {
    "components": (components, ["mask"]),
    "label-components": (label_components, ["labels"]),
    "distance": (distance, ["mask"]),
    "watershed": (watershed, ["boundary", "seeds"]),
    "meshes": (meshes, ["labels"]),
    "scores": (scores, ["labels", "other"]),
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
    engine, work, words = prepare({n: read(folder, int(size), n) for n in names})
    times = []
    processor_times = []
    peak = 0
    for _ in range(int(rounds)):
        with open("/proc/self/clear_refs", "w") as clear:
            clear.write("5")
        before = kilobytes("VmRSS:")
        processor_start = time.process_time()
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1e3)
        processor_times.append((time.process_time() - processor_start) * 1e3)
        peak = max(peak, kilobytes("VmHWM:") - before)
    medians = [f"{statistics.median(each):.0f}" for each in (times, processor_times)]
    print(name, engine, *medians, peak * 1024, words(result), sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
