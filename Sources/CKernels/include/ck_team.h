// Threads that share work and synchronise several times per row.
#ifndef CK_TEAM_H
#define CK_TEAM_H

/// Threads that work on one layer together, including the calling thread. Only one thread may call it at a time.
typedef struct ck_team ck_team;

/// ck_work works on one slice of the task in `context`; ck_finish ends a thread's share, slices `first` to `end` - 1.
typedef void (*ck_work)(const void *context, long slice, long thread);
typedef void (*ck_finish)(const void *context, long first, long end);

/// The largest size of a context.
enum { CK_CONTEXT_BYTES = 768 };

/// Creates a team whose size, including the caller, is the largest power of two that is at most
/// `threads_at_most`. Returns null for less than two threads, or if threads cannot be created.
ck_team *ck_team_create(long threads_at_most);
void ck_team_destroy(ck_team *team);

/// 1: the caller works alone from now on; 0: the team works again.
void ck_team_dismiss(ck_team *team, int dismissed);

/// Returns the time of a monotonic clock in nanoseconds.
long ck_nanoseconds(void);

/// Returns the number of threads of a team; 1 for null.
long ck_team_threads(const ck_team *team);

/// Calls `work` with a copy of `context` for the slices 0 to `slices` - 1 and waits for all of them.
/// Each thread has a share of adjacent slices; when it is done, it steals slices that other threads
/// have not begun. With `backwards`, each thread takes its last slice first. With `leads`, the
/// caller begins with slice number `slices`, which is never stolen. The caller works alone if the
/// team is null and while other programs need the cores.
void ck_team_run(ck_team *team, ck_work work, const void *context, long context_bytes, long slices, int backwards,
                 int leads);

/// The same with fixed shares, each finished by the thread that worked on it; slice number
/// `slices` belongs to no share. Returns the number of slices per thread: all of them if the
/// caller worked alone, as it does if the slices cannot be divided evenly.
long ck_team_share(ck_team *team, ck_work work, ck_finish finish, const void *context, long context_bytes, long slices,
                   int backwards, int leads);

/// Requests ownership of cache lines that are about to be written and that another core
/// has read, all at once. The writes themselves would request them one after the other:
/// between distant cores this took half of the time of a row.
void ck_own(const void *start, long bytes);

#endif
