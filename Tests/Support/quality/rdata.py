"""A reader of R data files, so that tables of Debian's R packages can be read without R.

`tables(folder, name)` returns the objects of a package's `data` folder: `.rda` files, or the database that R creates
from them (`Rdata.rdx`, `Rdata.rdb`). It supports only the parts of data frames: vectors, factors, attributes, and the
compact vectors of R 3.5 and later. Section 1.8 of "R Internals" describes the format.
"""
import bz2, gzip, lzma, os, struct, zlib

MISSING_INTEGER = -2 ** 31
# Names for the type numbers of R's serialisation.
NULL, SYMBOL, PAIRS, ENVIRONMENT, TEXT, LOGICAL, INTEGER, REAL, STRINGS, LIST = 0, 1, 2, 4, 9, 10, 13, 14, 16, 19
COMPACT, ATTRIBUTED_PAIRS, EMPTY_ENVIRONMENTS, NAMESPACE, PERSISTENT = 238, 239, (241, 242, 253, 254), 249, 247
REFERENCE = 255


class Vector(list):
    """The values of an R vector (None if missing), with its attributes."""

    attributes = {}


class Reader:
    """Reads one serialised object from its first byte."""

    def __init__(self, data):
        self.data, self.position, self.references = data, 0, []
        if self.take(2) != b"X\n":
            raise ValueError("not R's binary serialisation")
        version = self.integers(3)[0]
        if version == 3:
            self.take(self.integers(1)[0])  # the name of the encoding

    def take(self, count):
        self.position += count
        return self.data[self.position - count:self.position]

    def integers(self, count):
        return struct.unpack(f">{count}i", self.take(4 * count))

    def length(self):
        return self.integers(1)[0]

    def object(self):
        flags = self.integers(1)[0]
        kind, attributed, tagged = flags & 255, flags & 512, flags & 1024
        if kind in EMPTY_ENVIRONMENTS or kind == NULL:
            return None
        if kind == REFERENCE:
            return self.references[((flags >> 8) or self.length()) - 1]
        if kind == SYMBOL:
            self.references.append(self.object())
            return self.references[-1]
        if kind in (NAMESPACE, PERSISTENT):
            self.length()
            self.references.append([self.object() for _ in range(self.length())])
            return self.references[-1]
        if kind in (PAIRS, ATTRIBUTED_PAIRS):
            return self.pairs(attributed, tagged)
        if kind == COMPACT:
            return self.compact()
        if kind == TEXT:
            size = self.length()
            encoding = "latin-1" if flags & (4 << 12) else "utf-8"
            return None if size == -1 else self.take(size).decode(encoding, "replace")
        return self.vector(kind, attributed)

    def pairs(self, attributed, tagged):
        """Reads a pair list as a list of (tag, value)."""
        found = []
        while True:
            if attributed:
                self.object()
            tag = self.object() if tagged else None
            found.append((tag, self.object()))
            flags = self.integers(1)[0]
            if flags & 255 not in (PAIRS, ATTRIBUTED_PAIRS):
                return found
            attributed, tagged = flags & 512, flags & 1024

    def vector(self, kind, attributed):
        size = self.length()
        if kind in (LOGICAL, INTEGER):
            values = Vector(None if v == MISSING_INTEGER else v for v in self.integers(size))
        elif kind == REAL:
            values = Vector(None if v != v else v for v in struct.unpack(f">{size}d", self.take(8 * size)))
        elif kind in (STRINGS, LIST):
            values = Vector(self.object() for _ in range(size))
        else:
            raise ValueError(f"unsupported R type {kind}")
        values.attributes = dict(self.object()) if attributed else {}
        return values

    def compact(self):
        """Reads a vector that R does not store as a plain sequence of numbers."""
        name, state, attributes = self.object()[0][1], self.object(), self.object()
        if name in ("compact_intseq", "compact_realseq"):
            count, first, step = state
            values = Vector(first + step * index for index in range(int(count)))
        else:
            values = Vector(state[0][1] if isinstance(state[0], tuple) else state[0])
            if name == "deferred_string":
                values = Vector(None if v is None else str(v) for v in values)
        values.attributes = dict(attributes or [])
        return values


def unpacked(data):
    """Returns the content of a file that R has compressed by one of its three methods."""
    for magic, unpack in ((b"\x1f\x8b", gzip.decompress), (b"BZh", bz2.decompress), (b"\xfd7zXZ", lzma.decompress)):
        if data.startswith(magic):
            return unpack(data)
    return data


def record(data):
    """Returns an object of a database, stored as unpacked length, a letter for the compression, and packed bytes."""
    way, packed = data[4:5], data[5:]
    if way == b"Z":
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 6 | lzma.PRESET_EXTREME}]
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters).decompress(packed)
    return bz2.decompress(packed) if way == b"2" else zlib.decompress(data[4:])


def tables(folder, name):
    """Returns the objects with a name, or in the file of that name, in a package's data folder."""
    path = os.path.join(folder, f"{name}.rda")
    if os.path.exists(path):
        data = unpacked(open(path, "rb").read())
        return dict(Reader(data[5:]).object())  # RDX2 or RDX3, and a line feed
    index = Reader(unpacked(open(os.path.join(folder, "Rdata.rdx"), "rb").read())).object()
    places = dict(zip(index.attributes["names"], index))["variables"]
    first, count = dict(zip(places.attributes["names"], places))[name]
    with open(os.path.join(folder, "Rdata.rdb"), "rb") as file:
        file.seek(first)
        return {name: Reader(record(file.read(count))).object()}
