"""Writes the reference arrays of OmeZarrReferenceTest with Debian's python3-zarr 2.13.6 and python3-numcodecs 0.11
(Zarr v2), and, for Zarr v3 and shards, byte by byte as the specification says."""
import json, os, struct, sys
import numpy as np, zarr, numcodecs
from numcodecs import Blosc, Zstd, GZip, Zlib

root = sys.argv[1]

def values(shape, dtype):
    """The same numbers as OmeZarrReferenceTest.value: a hash of z, y, x (and c)."""
    n = int(np.prod(shape))
    i = np.arange(n, dtype=np.uint64)
    h = i * np.uint64(0x9E3779B97F4A7C15)
    h ^= h >> np.uint64(29)
    h = h & np.uint64(0xFFFFFFFFFFFFFFFF)
    dtype = np.dtype(dtype)
    if dtype.kind == 'f':
        v = ((h >> np.uint64(44)).astype('f8') - 500000) / 16
    elif dtype.kind == 'b':
        v = (h >> np.uint64(63)) != 0
    elif dtype.kind == 'i' and dtype.itemsize <= 2:
        v = (h >> np.uint64(64 - 8 * dtype.itemsize)).astype('i8') - (1 << (8 * dtype.itemsize - 1))
    elif dtype.kind == 'i':
        v = h >> np.uint64(65 - 8 * dtype.itemsize)
    else:
        v = h >> np.uint64(64 - 8 * dtype.itemsize) if dtype.itemsize < 8 else h
    return v.astype(dtype).reshape(shape)

def attributes(axes, scale, unit='nanometer', extra=None, translation=None):
    ax = []
    for a in axes:
        d = {'name': a, 'type': {'t': 'time', 'c': 'channel'}.get(a, 'space')}
        if a in 'xyz' and unit:
            d['unit'] = unit
        ax.append(d)
    tr = [{'type': 'scale', 'scale': scale}]
    if translation:
        tr.append({'type': 'translation', 'translation': translation})
    m = {'version': '0.4', 'axes': ax, 'datasets': [{'path': '0', 'coordinateTransformations': tr}], 'name': 'ref'}
    return dict({'multiscales': [m]}, **(extra or {}))

def v2(name, data, chunks, compressor, axes='zyx', order='C', sep='/', attrs=None, fill=0, scale=None, skip=None):
    path = os.path.join(root, name + '.ome.zarr')
    store = zarr.storage.DirectoryStore(path) if sep == '.' else zarr.storage.NestedDirectoryStore(path)
    g = zarr.group(store)
    a = g.create_dataset('0', shape=data.shape, chunks=chunks, dtype=data.dtype, compressor=compressor, order=order,
                         fill_value=fill, dimension_separator=sep, write_empty_chunks=False)
    a[...] = data
    g.attrs.put(attrs or attributes(axes, scale or [1.0] * (len(axes) - 3) + [40.0, 8.0, 4.0]))

S = (5, 7, 9)
C = (2, 4, 5)
for cname in ['blosclz', 'lz4', 'lz4hc', 'zlib', 'zstd']:
    v2('blosc-' + cname, values((4, 40, 45), '<u2') // 64, (4, 40, 45), Blosc(cname, 5, Blosc.SHUFFLE))
v2('blosc-bitshuffle', values((4, 40, 48), '<u4') >> 20, (4, 40, 48), Blosc('lz4', 5, Blosc.BITSHUFFLE))
v2('blosc-bitshuffle-odd', values((3, 5, 7), '<u4') >> 20, (3, 5, 7), Blosc('zstd', 9, Blosc.BITSHUFFLE))
v2('blosc-noshuffle', values((4, 40, 45), '|u1') // 32, (4, 40, 45), Blosc('zstd', 5, Blosc.NOSHUFFLE))
v2('blosc-memcpy', values(S, '<u8'), C, Blosc('lz4', 0, Blosc.SHUFFLE))
v2('blosc-blocks', values((6, 40, 45), '<u8') >> 44, (6, 40, 45), Blosc('blosclz', 9, Blosc.SHUFFLE, blocksize=4096))
v2('zstd-u8', values(S, '<u8'), C, Zstd(3))
v2('gzip-be', values(S, '>u2'), C, GZip(5))
v2('zlib-f8', values(S, '<f8'), C, Zlib(5))
v2('raw-f4be', values(S, '>f4'), C, None)
v2('raw-forder', values(S, '<u2'), C, None, order='F')
v2('zstd-forder-be', values(S, '>u4'), C, Zstd(1), order='F', sep='.')
v2('bool', values(S, '|b1'), C, Zstd(1), fill=False)
v2('i1', values(S, '|i1'), C, Zstd(1))
v2('i2', values(S, '<i2'), C, Zstd(1))
v2('i4', values(S, '<i4'), C, Zstd(1))
v2('i8', values(S, '<i8'), C, Zstd(1))
x = values(S, '<u2'); x[2:4, :4, :5] = 77
v2('missing', x, C, Zstd(1), fill=77)
f = values(S, '<f4'); f[:2, :4, :5] = np.nan
v2('missing-nan', f, C, Zstd(1), fill=float('nan'))
v2('tczyx', values((1, 3) + S, '<u2'), (1, 2) + C, Zstd(1), axes='tczyx',
   attrs=attributes('tczyx', [1.0, 1.0, 0.04, 0.008, 0.004], 'micrometer', translation=[0, 0, 1.5, 2, 3]))
v2('xyz', values(S, '<u2'), C, Zstd(1), attrs=attributes('xyz', [4.0, 8.0, 40.0]))
v2('yx', values((7, 9), '|u1'), (4, 5), Zstd(1), attrs=attributes('yx', [8.0, 4.0]))
v2('labels', values(S, '<u8'), C, Zstd(1), attrs=attributes('zyx', [40.0, 8.0, 4.0], extra={'image-label': {'version': '0.4'}}))

# Zarr v3: by the specification, without a library.
def crc32c(data):
    crc = 0xFFFFFFFF
    for b in data:
        crc ^= b
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF

def encode(a, codecs):
    data = a
    for c in codecs:
        n, k = c['name'], c.get('configuration', {})
        if n == 'transpose':
            data = np.transpose(data, k['order'])
        elif n == 'bytes':
            e = {'little': '<', 'big': '>'}.get(k.get('endian'), '|')
            data = np.ascontiguousarray(data).astype(data.dtype.newbyteorder(e)).tobytes()
        elif n == 'gzip':
            data = GZip(k['level']).encode(data)
        elif n == 'zstd':
            data = Zstd(k['level']).encode(data)
        elif n == 'blosc':
            data = Blosc(k['cname'], k['clevel'], {'noshuffle': 0, 'shuffle': 1, 'bitshuffle': 2}[k['shuffle']]).encode(
                np.frombuffer(data, 'u%d' % k['typesize']))
        elif n == 'crc32c':
            data = bytes(data) + struct.pack('<I', crc32c(bytes(data)))
        elif n == 'sharding_indexed':
            data = shard(data, k)
    return bytes(data)

def shard(a, k):
    inner = k['chunk_shape']
    grid = [s // c for s, c in zip(a.shape, inner)]
    n = int(np.prod(grid))
    sized = 16 * n + (4 if any(c['name'] == 'crc32c' for c in k['index_codecs']) else 0)
    start = k.get('index_location', 'end') == 'start'
    body, index = b'', []
    for pos in np.ndindex(*grid):
        part = a[tuple(slice(p * c, (p + 1) * c) for p, c in zip(pos, inner))]
        if not part.any():
            index.append((2**64 - 1, 2**64 - 1))
            continue
        e = encode(part, k['codecs'])
        index.append((len(body) + (sized if start else 0), len(e)))
        body += e
    idx = encode(np.array(index, dtype='<u8').reshape(grid + [2]), k['index_codecs'])
    return idx + body if start else body + idx

def v3(name, data, chunks, codecs, axes='zyx', keys=None, fill=0, skip=None, scale=None):
    path = os.path.join(root, name + '.ome.zarr')
    os.makedirs(path + '/0')
    attrs = attributes(axes, scale or [1.0] * (len(axes) - 3) + [40.0, 8.0, 4.0])
    m = attrs['multiscales'][0]; del m['version']
    json.dump({'zarr_format': 3, 'node_type': 'group', 'attributes': {'ome': {'version': '0.5', 'multiscales': [m]}}},
              open(path + '/zarr.json', 'w'), indent=1)
    keys = keys or {'name': 'default', 'configuration': {'separator': '/'}}
    json.dump({'zarr_format': 3, 'node_type': 'array', 'shape': list(data.shape), 'data_type': data.dtype.name,
               'chunk_grid': {'name': 'regular', 'configuration': {'chunk_shape': list(chunks)}},
               'chunk_key_encoding': keys, 'fill_value': fill, 'codecs': codecs, 'attributes': {},
               'dimension_names': list(axes)}, open(path + '/0/zarr.json', 'w'), indent=1)
    sep = keys.get('configuration', {}).get('separator', '.' if keys['name'] == 'v2' else '/')
    for pos in np.ndindex(*[-(-s // c) for s, c in zip(data.shape, chunks)]):
        if skip and pos in skip:
            continue
        full = np.zeros(chunks, data.dtype)
        part = data[tuple(slice(p * c, (p + 1) * c) for p, c in zip(pos, chunks))]
        full[tuple(slice(0, s) for s in part.shape)] = part
        key = sep.join((['c'] if keys['name'] == 'default' else []) + [str(p) for p in pos])
        f = os.path.join(path, '0', key)
        os.makedirs(os.path.dirname(f), exist_ok=True)
        open(f, 'wb').write(encode(full, codecs))

LE = {'name': 'bytes', 'configuration': {'endian': 'little'}}
BE = {'name': 'bytes', 'configuration': {'endian': 'big'}}
CRC = {'name': 'crc32c'}
ZS = {'name': 'zstd', 'configuration': {'level': 3, 'checksum': False}}
v3('v3-raw', values(S, '<u2'), C, [LE])
v3('v3-be-gzip', values(S, '<f4'), C, [BE, {'name': 'gzip', 'configuration': {'level': 5}}])
v3('v3-zstd-crc', values(S, '<u8'), C, [LE, ZS, CRC])
v3('v3-blosc', values((4, 40, 45), '<u2') // 64, (4, 40, 45),
   [LE, {'name': 'blosc', 'configuration': {'cname': 'lz4', 'clevel': 5, 'shuffle': 'bitshuffle', 'typesize': 2, 'blocksize': 0}}])
v3('v3-transpose', values(S, '<u4'), C, [{'name': 'transpose', 'configuration': {'order': [2, 0, 1]}}, LE, ZS])
v3('v3-v2keys', values(S, '|u1'), C, [{'name': 'bytes'}], keys={'name': 'v2', 'configuration': {'separator': '.'}})
y = values(S, '<u2'); y[:2, :4, :5] = 9
v3('v3-missing', y, C, [LE], fill=9, skip=[(0, 0, 0)])
def sharding(inner, codecs, index, where=None):
    k = {'chunk_shape': list(inner), 'codecs': codecs, 'index_codecs': index}
    if where:
        k['index_location'] = where
    return [{'name': 'sharding_indexed', 'configuration': k}]
z = values(S, '<u2'); z[:2, :4, :5] = 0
v3('v3-sharded', z, (4, 8, 10), sharding(C, [LE, ZS], [LE, CRC]))
v3('v3-sharded-start', values(S, '<u8'), (4, 8, 10),
   sharding(C, [{'name': 'transpose', 'configuration': {'order': [2, 1, 0]}}, BE], [BE], 'start'))
v3('v3-tczyx', values((1, 2) + S, '<u2'), (1, 1) + C, [LE, ZS], axes='tczyx')
