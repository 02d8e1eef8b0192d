#define _GNU_SOURCE
#include "CFiles.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

// Inlined, so that no library has to be installed at run time.
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { piece_bytes = 1 << 20 };

/// Hashes up to `count` bytes from `offset`; fewer at the end of the file.
/// Never reads more, so that a file that grows while it is read does not keep the reader busy.
static int add(XXH3_state_t *state, int descriptor, int64_t offset, int64_t count, char *buffer) {
  while (count > 0) {
    ssize_t got = pread(descriptor, buffer, count < piece_bytes ? (size_t)count : piece_bytes, offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return 0;
    XXH3_128bits_update(state, buffer, (size_t)got);
    offset += got;
    count -= got;
  }
  return 0;
}

int cfiles_hash(int descriptor, int64_t size, int64_t most, uint64_t hash[2]) {
  XXH3_state_t *state = XXH3_createState();
  char *buffer = malloc(piece_bytes);
  int problem = state && buffer ? 0 : ENOMEM;
  if (!problem) {
    XXH3_128bits_reset(state);
    if (size <= most) {
      problem = add(state, descriptor, 0, size, buffer);
    } else {
      int64_t pieces = most / piece_bytes > 1 ? most / piece_bytes : 2;
      for (int64_t piece = 0; piece < pieces && !problem; piece++) {
        int64_t offset = (int64_t)((double)(size - piece_bytes) * (double)piece / (double)(pieces - 1));
        problem = add(state, descriptor, offset, piece_bytes, buffer);
      }
    }
    XXH128_hash_t result = XXH3_128bits_digest(state);
    hash[0] = result.high64;
    hash[1] = result.low64;
  }
  free(buffer);
  XXH3_freeState(state);
  return problem;
}
