#define _GNU_SOURCE
#include "CFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

int cfiles_open_without_links(const char *path, int flags) {
  struct open_how how = {
    .flags = (uint64_t)(unsigned)flags,
    .resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  long descriptor;
  do {
    descriptor = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
  } while (descriptor < 0 && errno == EINTR);
  return (int)descriptor;
}
