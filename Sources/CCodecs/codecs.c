#include "CCodecs.h"

#include <brotli/decode.h>
#include <limits.h>
#include <lz4.h>
#include <snappy-c.h>
#include <zlib.h>
#include <zstd.h>

int codecs_brotli(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size) {
  size_t filled = size;
  return BrotliDecoderDecompress(count, packed, &filled, unpacked) == BROTLI_DECODER_RESULT_SUCCESS && filled == size
           ? 0
           : -1;
}

int codecs_gzip(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size) {
  // zlib counts in 32 bits; no block of a table is larger.
  if (count > UINT_MAX || size > UINT_MAX) return -1;
  z_stream stream = {
    .next_in = (Bytef *)packed,
    .avail_in = (uInt)count,
    .next_out = unpacked,
    .avail_out = (uInt)size,
  };
  // 32: gzip and zlib are told apart by their headers.
  if (inflateInit2(&stream, MAX_WBITS + 32) != Z_OK) return -1;
  int status = Z_OK;
  while (status == Z_OK) {
    status = inflate(&stream, Z_FINISH);
    // Another member follows.
    if (status == Z_STREAM_END && stream.avail_in > 0 && stream.avail_out > 0) status = inflateReset(&stream);
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END && stream.avail_out == 0 ? 0 : -1;
}

int codecs_lz4(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size) {
  if (count > INT_MAX || size > INT_MAX) return -1;
  int filled = LZ4_decompress_safe((const char *)packed, (char *)unpacked, (int)count, (int)size);
  return filled >= 0 && (size_t)filled == size ? 0 : -1;
}

int codecs_snappy(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size) {
  size_t filled = 0;
  if (snappy_uncompressed_length((const char *)packed, count, &filled) != SNAPPY_OK || filled != size) return -1;
  return snappy_uncompress((const char *)packed, count, (char *)unpacked, &filled) == SNAPPY_OK && filled == size ? 0
                                                                                                                  : -1;
}

int codecs_zstd(const uint8_t *packed, size_t count, uint8_t *unpacked, size_t size) {
  size_t filled = ZSTD_decompress(unpacked, size, packed, count);
  return !ZSTD_isError(filled) && filled == size ? 0 : -1;
}

uint32_t codecs_crc32(const uint8_t *bytes, size_t count) { return (uint32_t)crc32_z(0, bytes, count); }
