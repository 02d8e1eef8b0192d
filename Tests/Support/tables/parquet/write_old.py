#!/usr/bin/env python3
"""Writes files as old programs wrote them, which today's writers do not: levels in BIT_PACKED, LZ4 framed as in Hadoop.

Each holds a column `n` of optional INT32 and a column `s` of required texts. `ParquetTests` has the values.
"""

import pathlib
import struct

FOLDER = pathlib.Path(__file__).parent
NUMBERS = [None if row % 5 == 2 else row * 1000 - 7 for row in range(21)]
TEXTS = [["red", "green", "größer"][row % 3] for row in range(21)]
PLAIN, RLE, BIT_PACKED = 0, 3, 4
UNCOMPRESSED, LZ4 = 0, 5
INT32, BYTE_ARRAY = 1, 6


def varint(value):
    result = b""
    while value > 127:
        result += bytes([value & 127 | 128])
        value >>= 7
    return result + bytes([value])


def integer(value):
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


class Struct:
    """A struct in Thrift's compact protocol."""

    def __init__(self, *fields):
        self.bytes, last = b"", 0
        for number, kind, value in fields:
            self.bytes += bytes([(number - last) << 4 | kind]) + value
            last = number
        self.bytes += b"\0"


def i32(number, value):
    return (number, 5, integer(value))


def i64(number, value):
    return (number, 6, integer(value))


def text(number, value):
    return (number, 8, varint(len(value.encode())) + value.encode())


def inner(number, value):
    return (number, 12, value.bytes)


def items(number, kind, values):
    assert len(values) < 15
    return (number, 9, bytes([len(values) << 4 | kind]) + b"".join(values))


def bit_packed(levels):
    bits = "".join(map(str, levels))
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[start : start + 8], 2) for start in range(0, len(bits), 8))


def run_lengths(levels):
    runs = b"".join(varint(1 << 1) + bytes([level]) for level in levels)
    return struct.pack("<I", len(runs)) + runs


def literals(data):
    """An LZ4 block without matches."""
    count = len(data)
    if count < 15:
        return bytes([count << 4]) + data
    more = count - 15
    return b"\xf0" + b"\xff" * (more // 255) + bytes([more % 255]) + data


def hadoop(data):
    """Two frames: each is the size of its content, its own size, and an LZ4 block."""
    half = len(data) // 2
    frames = [(part, literals(part)) for part in (data[:half], data[half:])]
    return b"".join(struct.pack(">II", len(part), len(block)) + block for part, block in frames)


def write(name, level_encoding, codec):
    levels = [0 if value is None else 1 for value in NUMBERS]
    packed = bit_packed(levels) if level_encoding == BIT_PACKED else run_lengths(levels)
    numbers = b"".join(struct.pack("<i", value) for value in NUMBERS if value is not None)
    words = b"".join(struct.pack("<I", len(word.encode())) + word.encode() for word in TEXTS)
    content, chunks = b"PAR1", []
    for column, kind, data in [("n", INT32, packed + numbers), ("s", BYTE_ARRAY, words)]:
        stored = hadoop(data) if codec == LZ4 else data
        header = Struct(
            i32(1, 0), i32(2, len(data)), i32(3, len(stored)),
            inner(5, Struct(i32(1, len(NUMBERS)), i32(2, PLAIN), i32(3, level_encoding), i32(4, level_encoding))))
        page = header.bytes + stored
        meta = Struct(
            i32(1, kind), items(2, 5, [integer(PLAIN), integer(level_encoding)]),
            items(3, 8, [varint(len(column)) + column.encode()]), i32(4, codec), i64(5, len(NUMBERS)),
            i64(6, len(header.bytes) + len(data)), i64(7, len(page)), i64(9, len(content)))
        chunks.append(Struct(i64(2, len(content)), inner(3, meta)))
        content += page
    schema = [
        Struct(text(4, "schema"), i32(5, 2)), Struct(i32(1, INT32), i32(3, 1), text(4, "n")),
        Struct(i32(1, BYTE_ARRAY), i32(3, 0), text(4, "s"), i32(6, 0))]
    group = Struct(items(1, 12, [chunk.bytes for chunk in chunks]), i64(2, len(content)), i64(3, len(NUMBERS)))
    footer = Struct(
        i32(1, 1), items(2, 12, [element.bytes for element in schema]), i64(3, len(NUMBERS)),
        items(4, 12, [group.bytes]), text(6, "write_old.py")).bytes
    (FOLDER / name).write_bytes(content + footer + struct.pack("<I", len(footer)) + b"PAR1")


write("old-bit-packed.parquet", BIT_PACKED, UNCOMPRESSED)
write("old-lz4-hadoop.parquet", RLE, LZ4)
