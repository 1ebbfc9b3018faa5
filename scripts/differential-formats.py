#!/usr/bin/env python3
"""Writes random TIFF, OME-Zarr and HDF5 files with tifffile, zarr and h5py, and a manifest of what is in them.

    scripts/differential-formats.py FOLDER [COUNT] [SEED]
    mvn test -Dtest=DifferentialFormatsTest -Duniem.differential=FOLDER

COUNT files of each format (500). The test reads each voxel by voxel and unit by unit, or finds it
refused in words. Needs Debian's python3-tifffile, python3-zarr, python3-numcodecs and python3-h5py.
"""
import hashlib, json, os, sys
import h5py, numcodecs, numpy as np, tifffile, zarr

FOLDER = sys.argv[1]
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 500
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
rng = np.random.default_rng(SEED)
TYPES = ['u1', 'u2', 'u4', 'u8', 'i1', 'i2', 'i4', 'i8', 'f2', 'f4', 'f8']
UNITS = {'nm': 'nanometer', 'µm': 'micrometer', 'mm': 'millimeter', 'Å': 'angstrom'}


def pick(*choices):
    return choices[rng.integers(len(choices))]


def volume():
    """An array z, y, x and how its values are compared: as floats, or as ids beyond what those hold."""
    kind = np.dtype(pick(*TYPES))
    shape = tuple(int(n) for n in rng.integers((1, 2, 2), (7, 41, 53)))
    wide = kind.kind == 'u' and kind.itemsize >= 4 and rng.random() < .5
    if kind.kind == 'f':
        data = rng.normal(0, 100, shape).astype('f2' if kind.itemsize == 2 else 'f4').astype(kind)
    else:
        info = np.iinfo(kind)
        top = min(info.max, 2**62 if wide else 2**24)
        low = max(info.min, -2**23) if kind.kind == 'i' and rng.random() < .3 else 0
        data = rng.integers(low, top, shape, endpoint=True, dtype='i8').astype(kind)
    return data.astype(kind.newbyteorder(pick('<', '>'))), 'ids' if wide else 'floats'


def digest(data, compared):
    kind = '<i8' if compared == 'ids' else '<f4'
    return hashlib.sha256(np.ascontiguousarray(data.astype(kind)).tobytes()).hexdigest()


def voxel():
    return [float(v) for v in rng.integers(1, 80, 3) / pick(1, 2, 4)], pick(*UNITS)


def a_tiff(path, data):
    options = dict(photometric='minisblack')
    size, unit = voxel()
    compression = pick(None, None, 'zlib', 'zlib', 'lzma')  # what tifffile writes without imagecodecs
    if compression:
        options['compression'] = compression
    if compression == 'zlib' and rng.random() < .5:
        options['predictor'] = True
    if rng.random() < .3 and data.shape[1] >= 16:
        options['tile'] = (16, pick(16, 32))
    elif rng.random() < .5:
        options['rowsperstrip'] = int(rng.integers(1, data.shape[1] + 1))
    style = pick('plain', 'imagej', 'ome', 'ome', 'truncated')
    known = None
    if style == 'imagej' and data.dtype.str[1:] in ('u1', 'u2', 'f4') and not options.get('compression'):
        known = [*size, unit]
        tifffile.imwrite(path, data.astype(data.dtype.newbyteorder('>')), imagej=True, byteorder='>',
                         resolution=(1 / size[0], 1 / size[1]),
                         metadata=dict(axes='ZYX', spacing=size[2], unit='um' if unit == 'µm' else unit))
        return known
    if style == 'ome' and data.dtype.str[1:] not in ('f2', 'u8', 'i8'):
        tifffile.imwrite(path, data, ome=True, bigtiff=bool(rng.random() < .3),
                         metadata=dict(axes='ZYX', PhysicalSizeX=size[0], PhysicalSizeXUnit=unit,
                                       PhysicalSizeY=size[1], PhysicalSizeYUnit=unit,
                                       PhysicalSizeZ=size[2], PhysicalSizeZUnit=unit), **options)
        return [*size, unit]
    if style == 'truncated':
        options.pop('tile', None)
        options.pop('compression', None)
        options.pop('predictor', None)
        tifffile.imwrite(path, data, metadata=dict(axes='ZYX', truncate=True), truncate=True, **options) \
            if 'truncate' in tifffile.imwrite.__doc__ + str(tifffile.TiffWriter.write.__doc__) \
            else tifffile.imwrite(path, data, **options)
        return None
    tifffile.imwrite(path, data, bigtiff=bool(rng.random() < .3), metadata=pick(None, {}), **options)
    return None


def a_zarr(path, data):
    size, unit = voxel()
    compressor = pick(None, numcodecs.Zlib(3), numcodecs.GZip(1), numcodecs.BZ2(1), numcodecs.Zstd(3),
                      numcodecs.LZ4(), numcodecs.Blosc('lz4', 5, pick(0, 1, 2)),
                      numcodecs.Blosc('zstd', 3, pick(0, 1, 2)), numcodecs.Blosc('zlib', 3, 1),
                      numcodecs.Blosc('blosclz', 5, 1))
    separator = pick('/', '.')
    group = zarr.group(zarr.DirectoryStore(path, dimension_separator=separator))
    chunks = tuple(int(rng.integers(1, n + 3)) for n in data.shape)
    fill = pick(0, None, 3)
    array = group.create_dataset('0', shape=data.shape, dtype=data.dtype, chunks=chunks,
                                 compressor=compressor, order=pick('C', 'F'), fill_value=fill)
    empty = fill is not None and rng.random() < .2
    if not empty:
        array[...] = data
    else:
        data[...] = fill
    json.dump({'multiscales': [{'version': '0.4', 'axes': [
        {'name': a, 'type': 'space', 'unit': UNITS[unit]} for a in 'zyx'],
        'datasets': [{'path': '0', 'coordinateTransformations': [
            {'type': 'scale', 'scale': size[::-1]}]}]}]}, open(path + '/.zattrs', 'w'))
    return [*size, unit]


def a_hdf5(path, data):
    size, unit = voxel()
    options = {}
    if rng.random() < .7:
        options['chunks'] = tuple(int(rng.integers(1, n + 1)) for n in data.shape)
        options['compression'] = pick(None, 'gzip', 'lzf')
        options['shuffle'] = bool(rng.random() < .5)
        options['fletcher32'] = bool(rng.random() < .2)
    with h5py.File(path, 'w', libver=pick('earliest', 'latest')) as file:
        dataset = file.create_dataset(pick('raw', 'volumes/raw', 'a/b/c'), data=data, **options)
        if rng.random() < .5:
            dataset.attrs['resolution'] = np.array(size[::-1])
            return [*size, 'nm']
    return None


manifest = []
os.makedirs(FOLDER, exist_ok=True)
for make, ending in ((a_tiff, '.tif'), (a_zarr, '.ome.zarr'), (a_hdf5, '.h5')):
    for number in range(COUNT):
        data, compared = volume()
        name = f'{number:04d}{ending}'
        try:
            size = make(os.path.join(FOLDER, name), data)
        except (ValueError, TypeError, RuntimeError, KeyError, ImportError) as refused:
            print('not written:', name, refused)
            continue
        manifest.append(dict(file=name, size=list(data.shape[::-1]), type=data.dtype.str, compared=compared,
                             sha256=digest(data, compared), voxel=size))
json.dump(manifest, open(os.path.join(FOLDER, 'manifest.json'), 'w'), indent=0)
print(len(manifest), 'files in', FOLDER)
