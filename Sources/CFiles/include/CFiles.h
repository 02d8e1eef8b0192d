// What Swift cannot call itself: system calls without a wrapper, and a hash that lives in a header.
#ifndef CFILES_H
#define CFILES_H

#include <stdint.h>

/// Opens a path for reading without following any symbolic link in it, not even on the way: openat2(2) with
/// RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS. `flags` are those of open(2).
/// Returns a descriptor, or -1 with errno; ENOSYS before Linux 5.6 and where a filter forbids the call, EAGAIN for a file
/// on which another program holds a lease: with O_NONBLOCK that is the answer, and asking again at once is of no use.
int cfiles_open_without_links(const char *path, int flags);

/// rename(2), but fails with EEXIST where `target` exists. Returns 0, or -1 with errno.
int cfiles_rename_without_replacing(const char *source, const char *target);

/// XXH3 (128 bits) of the first `size` bytes of an open file, into `hash` (high half first); what is behind them is not
/// read. Of more than `most` bytes only so many are looked at: equal pieces from the beginning to the end.
/// Returns 0, or an errno.
int cfiles_hash(int descriptor, int64_t size, int64_t most, uint64_t hash[2]);

#endif
