// Functions that Swift cannot call directly: system calls without a wrapper, and a hash defined in a header.
#ifndef CFILES_H
#define CFILES_H

#include <stdint.h>

/// Opens a path for reading without following symbolic links anywhere in it: openat2(2) with
/// RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS. `flags` are those of open(2).
/// Returns a descriptor, or -1 with errno. ENOSYS: Linux before 5.6, or a filter forbids the call.
/// EAGAIN: another program holds a lease on the file; with O_NONBLOCK an immediate retry is useless.
int cfiles_open_without_links(const char *path, int flags);

/// Renames like rename(2), but fails with EEXIST if `target` exists. Returns 0, or -1 with errno.
int cfiles_rename_without_replacing(const char *source, const char *target);

/// Returns a descriptor of an empty file that exists in memory only, or -1 with errno.
int cfiles_memory_file(void);

/// Computes XXH3 (128 bits) of the first `size` bytes of an open file into `hash`, high half first.
/// Bytes after them are not read. If `size` exceeds `most`, only about `most` bytes are hashed:
/// equally spaced pieces from the beginning to the end.
/// Returns 0, or an errno.
int cfiles_hash(int descriptor, int64_t size, int64_t most, uint64_t hash[2]);

#endif
