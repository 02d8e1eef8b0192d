#define _GNU_SOURCE
#include "CFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/syscall.h>
#include <unistd.h>

int cfiles_rename_without_replacing(const char *source, const char *target) {
  if (syscall(SYS_renameat2, AT_FDCWD, source, AT_FDCWD, target, RENAME_NOREPLACE) == 0) return 0;
  // Some file systems do not support the flag. A hard link does not replace an existing file either.
  if (errno != EINVAL && errno != ENOSYS) return -1;
  if (link(source, target) != 0) return -1;
  return unlink(source);
}
