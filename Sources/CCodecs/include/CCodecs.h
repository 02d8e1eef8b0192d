// Compression of whole blocks of known size, by the system's libraries.
#ifndef CCODECS_H
#define CCODECS_H

#include <stddef.h>
#include <stdint.h>

/// Each function unpacks `count` bytes into exactly `size` bytes.
/// Returns 0, or -1 if the block is damaged or has another size.
int codecs_brotli(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size);
/// gzip or zlib, with one or several members.
int codecs_gzip(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size);
/// One LZ4 block without a frame.
int codecs_lz4(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size);
/// One Snappy block without a frame.
int codecs_snappy(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size);
int codecs_zstd(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size);

/// Returns the CRC-32 of `count` bytes, as gzip computes it.
uint32_t codecs_crc32(const uint8_t *bytes, size_t count);

#endif
