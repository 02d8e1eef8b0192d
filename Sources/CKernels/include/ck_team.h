// Threads that share work, met several times per row.
#ifndef CK_TEAM_H
#define CK_TEAM_H

/// Threads that work on one layer together; the thread that runs it is one of them. Used by one thread at a time.
typedef struct ck_team ck_team;

/// Works on one slice of what `context` describes, and finishes what a thread has done, the slices `first` to before `end`.
typedef void (*ck_work)(const void *context, long slice, long thread);
typedef void (*ck_finish)(const void *context, long first, long end);

/// What a context may take.
enum { CK_CONTEXT_BYTES = 768 };

/// A team of the largest power of two of threads that is not more than asked for, the caller's included. Null for less
/// than two, and where threads cannot be had.
ck_team *ck_team_create(long threads_at_most);
void ck_team_destroy(ck_team *team);

/// 1: from now on the caller does everything itself; 0: the team works again.
void ck_team_dismiss(ck_team *team, int dismissed);

/// Nanoseconds of a clock that only goes forward.
long ck_nanoseconds(void);

/// Threads of a team; 1 for null.
long ck_team_threads(const ck_team *team);

/// Calls `work` with a copy of `context` for the slices 0 to `slices` - 1 and waits for all. Each thread has a share of
/// neighbouring slices; when it is through with them it takes over what others have not begun. `backwards`: each thread
/// takes its last slice first. `leads`: the caller begins with slice number `slices`, which nobody else takes. The caller
/// does everything itself with a null team and while other programs need the cores.
void ck_team_run(ck_team *team, ck_work work, const void *context, long context_bytes, long slices, int backwards,
                 int leads);

/// The same with fixed shares, each finished by the thread that has worked on it, slice number `slices` excepted. Returns how many slices each thread had:
/// all of them where the caller was alone, which is also so with slices that cannot be shared out evenly.
long ck_team_share(ck_team *team, ck_work work, ck_finish finish, const void *context, long context_bytes, long slices,
                   int backwards, int leads);

/// Asks for the cache lines of what is soon to be written and another core has read, all at a time: the writes themselves
/// would ask for one after the other, in order. Between far cores that was half of the time of a row.
void ck_own(const void *start, long bytes);

#endif
