// Functions that Swift cannot call directly: system calls without a wrapper, and a hash defined in a header.
#ifndef CFILES_H
#define CFILES_H

#include <stdint.h>
#include <sys/xattr.h>

/// O_PATH of open(2), which Swift does not import.
extern const int cfiles_path_only;

/// Renames like rename(2), but fails with EEXIST if `target` exists. Returns 0, or -1 with errno.
int cfiles_rename_without_replacing(const char *source, const char *target);

/// Returns a descriptor of an empty file that exists in memory only, or -1 with errno.
int cfiles_memory_file(void);

/// Starts to write the changed pages of an open file to its disk, without waiting. It is only advice:
/// the file is durable after fsync(2).
void cfiles_start_writing(int descriptor);

/// Computes XXH3 (128 bits) of the first `size` bytes of an open file into `hash`, high half first.
/// Bytes after them are not read. If `size` exceeds `most`, only about `most` bytes are hashed:
/// equally spaced pieces from the beginning to the end.
/// Returns 0, or an errno.
int cfiles_hash(int descriptor, int64_t size, int64_t most, uint64_t hash[2]);

#endif
