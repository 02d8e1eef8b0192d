// Process functions that Swift cannot express.
#ifndef CPROCESSES_H
#define CPROCESSES_H

#include <spawn.h>

/// pipe2(2) with O_CLOEXEC. Returns 0, or -1 with errno.
int cprocesses_pipe(int ends[2]);

/// Makes a program to be started close every descriptor from `lowest` on.
///
/// Returns 0 or an error number.
int cprocesses_close_from(posix_spawn_file_actions_t *actions, int lowest);

/// Waits until a child process has ended, at most `milliseconds`, without reaping it.
///
/// Returns 1 if it has ended, 0 if it still runs, or -1 with errno.
int cprocesses_wait_for_end(int process, int milliseconds);

/// Makes the kernel send SIGKILL to this process when the thread that started it ends, while the
/// calling thread lives.
///
/// Returns 0, or -1 with errno.
int cprocesses_end_with_parent(void);

/// Sets the name of this process in ps(1) and top(1), by naming its main thread; at most 15 bytes.
void cprocesses_set_name(const char *name);

/// Trades speed for size in malloc(3): one pool for all threads, and blocks of `bytes` or more go back to
/// the system when they are freed.
void cprocesses_keep_heap_small(int bytes);

/// Makes every failed allocation end this process at once with `status`, whether from Swift, C or a
/// library; 0 turns this off.
///
/// The name of the call and the size go to standard error.
void cprocesses_end_without_memory(int status);

/// Runs Swift's tasks that have no executor of their own on `count` threads that sleep until a task arrives, instead of
/// libdispatch's pool, which wakes up once a second to look at its threads. Call it before the first task. Returns 0, or
/// an error number if a thread cannot be started.
int cprocesses_run_tasks_on_threads(int count);

#endif
