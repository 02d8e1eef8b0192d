// What a process can do about itself and its children and Swift cannot say.
#ifndef CPROCESSES_H
#define CPROCESSES_H

#include <spawn.h>

/// pipe2(2) with O_CLOEXEC. Returns 0, or -1 with errno.
int cprocesses_pipe(int ends[2]);

/// Has a program that is started close every descriptor from `lowest` on. Returns 0, or an error number.
int cprocesses_close_from(posix_spawn_file_actions_t *actions, int lowest);

/// Has the kernel send SIGKILL to this process when the thread that started it ends, for as long as the calling thread
/// lives. Returns 0, or -1 with errno.
int cprocesses_end_with_parent(void);

/// Names this process, which is its first thread, in ps(1) and top(1); at most 15 bytes count.
void cprocesses_set_name(const char *name);

/// From now on an allocation that fails ends this process at once with `status`, whoever asked for the memory: Swift,
/// C or a library. 0 gives it up. Sizes and the name of the call go to standard error.
void cprocesses_end_without_memory(int status);

#endif
