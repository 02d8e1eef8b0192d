#define _GNU_SOURCE
#include "CProcesses.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int cprocesses_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cprocesses_close_from(posix_spawn_file_actions_t *actions, int lowest) {
  return posix_spawn_file_actions_addclosefrom_np(actions, lowest);
}

int cprocesses_wait_for_end(int process, int milliseconds) {
  int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
  if (descriptor < 0) return -1;
  struct pollfd end = {.fd = descriptor, .events = POLLIN};
  int found;
  do found = poll(&end, 1, milliseconds);
  while (found < 0 && errno == EINTR);
  int code = errno;
  close(descriptor);
  errno = code;
  return found;
}

int cprocesses_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

void cprocesses_set_name(const char *name) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/comm", (int)getpid());
  int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ssize_t written = write(descriptor, name, strlen(name));
  (void)written;
  close(descriptor);
}
