// The priority of threads.
//
// libdispatch derives a nice value for each of its threads from their quality of service. A service with Nice= or a
// system call filter may not set it, and libdispatch then writes "Failed to set thread priority for worker thread" to
// the journal. The definition here takes precedence over that of glibc: all threads keep the nice value of the process,
// which is the choice of the administrator.
#define _GNU_SOURCE
#include <sys/resource.h>

int setpriority(__priority_which_t which, id_t who, int priority) {
  (void)which;
  (void)who;
  (void)priority;
  return 0;
}
