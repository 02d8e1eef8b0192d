#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

// zlib defines this as a macro, which Swift does not import.
static inline int carchive_inflate_init_gzip(z_stream *stream) {
  // Windows of up to 2^15 bytes; 16 accepts gzip only, whose checksum and length zlib then verifies.
  return inflateInit2(stream, 15 + 16);
}
