"""Makes the zip file beside it. Run with h5py 3.7.0; the tests know their values by formula."""

import json
import os
import tempfile
import zipfile

import h5py
import numpy as np

PLACE = tempfile.mkdtemp()


def numbers(shape, code, factor=1):
    """Element i has the value i * factor, as far as the type goes."""
    values = np.arange(np.prod(shape), dtype="u8") * np.uint64(factor)
    return values.astype(code).reshape(shape)


def file(name, lib="earliest", **options):
    return h5py.File(os.path.join(PLACE, name + ".h5"), "w", libver=lib, **options)


def types():
    with file("types") as h:
        for code in ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]:
            for order in "<>":
                name = code + ("be" if order == ">" else "")
                h[name] = numbers((3, 4, 5), order + code)
        h["bool"] = numbers((3, 4, 5), "u1") % 3 == 0
        h["ids"] = numbers((3, 4, 5), "u8") + np.uint64(2**64 - 60)
        h["negative"] = -numbers((3, 4, 5), "i8")
        h["wide"] = numbers((3, 4, 5), "f8") + 2.0**53 - 60
        h["complex"] = numbers((3, 4, 5), "c8")
        h["texts"] = np.full((3, 4, 5), b"a")


def indexes():
    for lib in ["earliest", "latest"]:
        with file("indexes-" + lib, lib) as h:
            for packed in [False, True]:
                options = {"compression": "gzip", "shuffle": True} if packed else {}

                def add(name, shape, chunk, most=None):
                    name += "-packed" if packed else ""
                    h.create_dataset(
                        name, data=numbers(shape, "u2"), chunks=chunk, maxshape=most, **options
                    )

                add("single", (3, 4, 5), (3, 4, 5))
                add("fixed", (5, 6, 7), (2, 4, 3))
                add("growing", (5, 6, 7), (2, 4, 3), (None, 6, 7))
                add("growing-inside", (5, 6, 7), (2, 4, 3), (5, None, 7))
                add("growing-everywhere", (5, 6, 7), (2, 4, 3), (None, None, None))
                add("limited", (5, 6, 7), (2, 4, 3), (9, 11, 13))
            if lib == "latest":
                h.create_dataset("paged", data=numbers((3, 20, 20), "u1"), chunks=(1, 1, 1))


def filters():
    noise = np.random.default_rng(7).integers(0, 256, (4, 16, 16), dtype="u1")
    with file("filters") as h:
        h.create_dataset("noise", data=noise)
        # A chunk of noise does not become smaller: the filter is skipped, the chunk's mask says so.
        h.create_dataset("lzf-skipped", data=noise, chunks=(2, 16, 16), compression="lzf")
        data = numbers((4, 16, 16), "u2")
        h.create_dataset("lzf", data=data, chunks=(2, 16, 16), compression="lzf")
        h.create_dataset("checked", data=data, chunks=(2, 16, 16), fletcher32=True)
        h.create_dataset(
            "all",
            data=data,
            chunks=(2, 16, 16),
            compression="gzip",
            shuffle=True,
            fletcher32=True,
        )
        h.create_dataset("scaled", data=data, chunks=(2, 16, 16), scaleoffset=0)
        h.create_dataset("szip", data=data, chunks=(2, 16, 16), compression="szip")
        part = h.create_dataset("unwritten", (4, 16, 16), "u2", chunks=(2, 16, 16), fillvalue=513)
        part[:2] = data[:2]
        h.create_dataset("never-written", (4, 16, 16), "f4", fillvalue=0.5)


def conventions():
    data = numbers((3, 4, 5), "u1")
    tags = lambda axes: json.dumps({"axes": [{"key": key, "typeFlags": 2} for key in axes]})
    with file("conventions") as h:
        raw = h.create_dataset("volumes/raw", data=data)
        raw.attrs["resolution"] = [40.0, 8.0, 4.0]
        raw.attrs["offset"] = [80.0, 0.0, 0.0]
        h["volumes/labels/neuron_ids"] = data.astype("u8")
        h["volumes/labels/neuron_ids"].attrs["resolution"] = [40.0, 8.0, 4.0]

        def add(name, array, **attributes):
            dataset = h.create_dataset(name, data=array)
            for key, value in attributes.items():
                dataset.attrs[key] = value
            return dataset

        add("um", data, element_size_um=np.array([0.04, 0.008, 0.004], "f4"))
        add("agree", data, element_size_um=[0.04, 0.008, 0.004], resolution=[40, 8, 4])
        add("differ", data, element_size_um=[0.04, 0.008, 0.004], resolution=[40, 8, 5])
        add("too-small", data, resolution=[0.04, 0.008, 0.004])
        add("units", data, resolution=[0.04, 0.008, 0.004], units="microns")
        add("zero", data, resolution=[0.0, 8.0, 4.0])
        add("zyxc", numbers((2, 3, 4, 2), "u1"), axistags=tags("zyxc"))
        add("txyzc", numbers((1, 5, 4, 3, 2), "u1"), axistags=tags("txyzc"))
        add("times", numbers((2, 3, 4, 5), "u1"), axistags=tags("tzyx"))
        add("named", data, axis_names=["x", "y", "z"], resolution=[4, 8, 40])
        add("cubic", numbers((4, 4, 4, 4), "u1"))
        add("first", numbers((2, 13, 14, 15), "u2"))
        add("ones", numbers((1, 3, 4, 5), "u1"))
        add("colour", numbers((32, 32, 3), "u1"))
        labelled = add("labelled", data)
        for axis, name in enumerate("xyz"):
            labelled.dims[axis].label = name
        scaled = add("scaled", data)
        for axis, (name, step) in enumerate([("z", 0.04), ("y", 0.008), ("x", 0.004)]):
            scale = h.create_dataset("scale-" + name, data=np.arange(data.shape[axis]) * step)
            scale.make_scale(name)
            scale.attrs["units"] = "um"
            scaled.dims[axis].attach_scale(scale)


def structure():
    for lib in ["earliest", "latest"]:
        with file("structure-" + lib, lib, userblock_size=512) as h:
            h["type"] = np.dtype("<u2")
            image = h.create_dataset("deep/er/image", (3, 4, 5), h["type"])
            image[...] = numbers((3, 4, 5), "u2")
            for i in range(30):
                image.attrs["attribute-%d" % i] = i
                h["deep/member-%d" % i] = i
            image.attrs["resolution"] = [40.0, 8.0, 4.0]
            h["deep/soft"] = h5py.SoftLink("er/image")
            h["circle"] = h5py.SoftLink("/circle")
            h["outside"] = h5py.ExternalLink("other.h5", "/raw")
            layout = h5py.VirtualLayout((2, 3, 4), "u1")
            layout[0] = h5py.VirtualSource("other.h5", "raw", (3, 4))
            h.create_virtual_dataset("flat/virtual", layout)


def viewer():
    with file("viewer") as h:
        h["s00/resolutions"] = np.array([[1.0, 1, 1], [2, 2, 1]])
        h["s00/subdivisions"] = np.array([[5, 4, 3], [5, 4, 3]], "i4")
        h["t00000/s00/0/cells"] = (numbers((3, 4, 5), "u2") + np.uint16(40000)).view("i2")
        h["t00000/s00/1/cells"] = numbers((3, 2, 3), "i2")


types()
indexes()
filters()
conventions()
structure()
viewer()

target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "references.zip")
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
    for name in sorted(os.listdir(PLACE)):
        archive.write(os.path.join(PLACE, name), name)
