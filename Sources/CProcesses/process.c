#define _GNU_SOURCE
#include "CProcesses.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

int cprocesses_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cprocesses_close_from(posix_spawn_file_actions_t *actions, int lowest) {
  return posix_spawn_file_actions_addclosefrom_np(actions, lowest);
}

int cprocesses_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

void cprocesses_set_name(const char *name) { prctl(PR_SET_NAME, name); }
