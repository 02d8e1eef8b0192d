// Threads that share the neurons of one layer. They synchronise several times per
// row, so they spin before they sleep, but never for long.

#include "CKernels.h"
#include "doors.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
  CK_LINE = 64,
  /// The spins before a thread sleeps: with pauses about twenty microseconds,
  /// a few times the usual wait when every core is free.
  CK_LOOKS = 1000,
  /// A team that loses more than a quarter of a window to late members has lost a core to another program.
  CK_WINDOW_MICROSECONDS = 50000,
  CK_LEAST_LOSS_MICROSECONDS = 10000,
  /// The time for which a waiting leader yields its core before it sleeps.
  CK_YIELD_MICROSECONDS = 5000,
  /// The time for which the leader then works alone before it tries again.
  CK_REST_MICROSECONDS = 250000
};

typedef struct {
  ck_team *team;
  pthread_t thread;
  long number;
} ck_member;

/// The slices of one thread that no thread has begun: the first in the
/// upper half of the word, the end in the lower half.
typedef struct {
  _Alignas(CK_LINE) atomic_ulong slices;
} ck_share;

struct ck_team {
  /// The number of runs; a change starts the members.
  _Alignas(CK_LINE) atomic_uint run;
  atomic_int sleepers;
  /// The number of members that have not finished the run.
  _Alignas(CK_LINE) atomic_uint pending;
  atomic_int leader_sleeps;
  _Alignas(CK_LINE) ck_work work;
  ck_finish finish;
  /// A copy, which members load at once instead of following pointers from core to core.
  unsigned char context[CK_CONTEXT_BYTES];
  long context_bytes;
  long slices;
  int backwards;
  int ends;
  long members;
  long long window_start, lost_microseconds, rests_until;
  int is_dismissed;
  ck_member *member;
  /// One share per thread.
  ck_share *shares;
};

static void ck_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

void ck_own(const void *start, long bytes) {
#if defined(__x86_64__)
  for (long offset = 0; offset < bytes; offset += CK_LINE)
    __asm__ volatile("prefetchw %0" : : "m"(*((const char *)start + offset)));
#else
  for (long offset = 0; offset < bytes; offset += CK_LINE) __builtin_prefetch((const char *)start + offset, 1);
#endif
}

static void ck_sleep_while(atomic_uint *word, unsigned value) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void ck_wake(atomic_uint *word, int count) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
}

static long long ck_microseconds(void) { return ck_nanoseconds() / 1000; }

static void ck_work_slices(ck_work work, ck_finish finish, const void *context, long first, long end, long thread,
                           int backwards) {
  if (backwards)
    for (long slice = end - 1; slice >= first; slice--) work(context, slice, thread);
  else
    for (long slice = first; slice < end; slice++) work(context, slice, thread);
  if (finish) finish(context, first, end);
}

/// Takes the first or the last slice of a share; returns -1 if none is left.
static long ck_take(ck_share *share, int takes_last) {
  unsigned long slices = atomic_load_explicit(&share->slices, memory_order_relaxed);
  for (;;) {
    const unsigned long first = slices >> 32, end = slices & UINT32_MAX;
    if (first == end) return -1;
    const unsigned long left = takes_last ? slices - 1 : slices + (1UL << 32);
    if (atomic_compare_exchange_weak_explicit(&share->slices, &slices, left, memory_order_relaxed,
                                              memory_order_relaxed))
      return (long)(takes_last ? end - 1 : first);
  }
}

/// Does the work of thread `number`: its own slices first, the same ones in every run if possible, so that
/// weights stay in the cache of one core. Then it steals slices of others, from the far end.
static void ck_work_as(ck_team *team, const void *context, long number) {
  const long threads = team->members + 1;
  if (team->finish) {
    const long share = team->slices / threads;
    return ck_work_slices(team->work, team->finish, context, number * share, (number + 1) * share, number,
                          team->backwards);
  }
  for (long k = 0; k < threads; k++) {
    ck_share *share = &team->shares[(number + k) % threads];
    const int takes_last = k == 0 ? team->backwards : !team->backwards;
    for (long slice; (slice = ck_take(share, takes_last)) >= 0;) team->work(context, slice, number);
  }
}

static void *ck_member_main(void *argument) {
  ck_member *self = argument;
  ck_team *team = self->team;
  ck_flush_denormals();
  _Alignas(CK_LINE) unsigned char context[CK_CONTEXT_BYTES];
  unsigned seen = 0;
  for (;;) {
    for (int looks = 0; atomic_load_explicit(&team->run, memory_order_acquire) == seen; looks++) {
      if (looks < CK_LOOKS) {
        ck_pause();
        continue;
      }
      atomic_fetch_add(&team->sleepers, 1);
      // The kernel compares the word again after `sleepers` is visible, so
      // the leader cannot miss a sleeper that it must wake.
      ck_sleep_while(&team->run, seen);
      atomic_fetch_sub(&team->sleepers, 1);
    }
    seen++;
    if (team->ends) return NULL;
    memcpy(context, team->context, (size_t)team->context_bytes);
    ck_work_as(team, context, self->number);
    if (atomic_fetch_sub(&team->pending, 1) == 1 && atomic_load(&team->leader_sleeps)) ck_wake(&team->pending, 1);
  }
}

static void ck_call(ck_team *team) {
  atomic_store_explicit(&team->pending, (unsigned)team->members, memory_order_relaxed);
  atomic_fetch_add(&team->run, 1);
  if (atomic_load(&team->sleepers) > 0) ck_wake(&team->run, (int)team->members);
}

ck_team *ck_team_create(long threads_at_most) {
  long threads = 1;
  while (threads * 2 <= threads_at_most) threads *= 2;
  if (threads < 2) return NULL;
  ck_team *team = aligned_alloc(CK_LINE, sizeof(ck_team));
  if (!team) return NULL;
  *team = (ck_team){.member = calloc((size_t)threads - 1, sizeof(ck_member)),
                    .shares = aligned_alloc(CK_LINE, (size_t)threads * sizeof(ck_share))};
  sigset_t all, former;
  sigfillset(&all);
  // Signals are for the program's other threads.
  pthread_sigmask(SIG_SETMASK, &all, &former);
  for (long number = 1; team->member && team->shares && number < threads; number++) {
    ck_member *member = &team->member[number - 1];
    *member = (ck_member){.team = team, .number = number};
    if (pthread_create(&member->thread, NULL, ck_member_main, member) != 0) break;
    team->members = number;
  }
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  if (team->members == threads - 1) return team;
  ck_team_destroy(team);
  return NULL;
}

void ck_team_dismiss(ck_team *team, int dismissed) { team->is_dismissed = dismissed; }

long ck_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long)now.tv_sec * 1000000000 + now.tv_nsec;
}

long ck_team_threads(const ck_team *team) { return team ? team->members + 1 : 1; }

void ck_team_destroy(ck_team *team) {
  if (!team) return;
  team->ends = 1;
  ck_call(team);
  for (long number = 0; number < team->members; number++) pthread_join(team->member[number].thread, NULL);
  free(team->member);
  free(team->shares);
  free(team);
}

/// Adds up the time for which members have kept the leader waiting.
static void ck_count_loss(ck_team *team, long long start, long long end) {
  if (start - team->window_start > CK_WINDOW_MICROSECONDS) {
    team->window_start = start;
    team->lost_microseconds = 0;
  }
  team->lost_microseconds += end - start;
  if (team->lost_microseconds > CK_LEAST_LOSS_MICROSECONDS &&
      team->lost_microseconds > (end - team->window_start) / 4) {
    team->rests_until = end + CK_REST_MICROSECONDS;
  }
}

static void ck_wait_for_members(ck_team *team) {
  for (int looks = 0; looks < CK_LOOKS; looks++) {
    if (atomic_load_explicit(&team->pending, memory_order_acquire) == 0) return;
    ck_pause();
  }
  const long long start = ck_microseconds();
  // Yielding gives the core to a member that shares it with the leader, and makes
  // the scheduler move one of the two. If the leader slept, the scheduler would not
  // move it and would wake it on the same core again.
  long long now = start;
  for (; now - start < CK_YIELD_MICROSECONDS; now = ck_microseconds()) {
    if (atomic_load_explicit(&team->pending, memory_order_acquire) == 0) return ck_count_loss(team, start, now);
    sched_yield();
  }
  unsigned pending;
  atomic_store(&team->leader_sleeps, 1);
  while ((pending = atomic_load(&team->pending)) != 0) ck_sleep_while(&team->pending, pending);
  atomic_store(&team->leader_sleeps, 0);
  ck_count_loss(team, start, ck_microseconds());
}

/// Returns whether the leader should work alone.
static int ck_rests(ck_team *team) {
  if (team->is_dismissed) return 1;
  if (team->rests_until == 0) return 0;
  if (ck_microseconds() < team->rests_until) return 1;
  team->rests_until = team->lost_microseconds = 0;
  team->window_start = ck_microseconds();
  return 0;
}

/// Passes a task to all members, takes part in it and waits until it is done.
static void ck_run_together(ck_team *team, ck_work work, ck_finish finish, const void *context, long context_bytes,
                            long slices, int backwards, int leads) {
  team->work = work;
  team->finish = finish;
  memcpy(team->context, context, (size_t)context_bytes);
  team->context_bytes = context_bytes;
  team->slices = slices;
  team->backwards = backwards;
  const long threads = team->members + 1;
  for (long number = 0; number < threads; number++) {
    const unsigned long first = (unsigned long)(number * slices / threads);
    const unsigned long end = (unsigned long)((number + 1) * slices / threads);
    atomic_store_explicit(&team->shares[number].slices, first << 32 | end, memory_order_relaxed);
  }
  ck_call(team);
  if (leads) work(context, slices, 0);
  ck_work_as(team, context, 0);
  ck_wait_for_members(team);
  ck_own(team->context, context_bytes);
}

void ck_team_run(ck_team *team, ck_work work, const void *context, long context_bytes, long slices, int backwards,
                 int leads) {
  CK_EXPECT(work && context && context_bytes > 0 && context_bytes <= CK_CONTEXT_BYTES && slices >= 0 &&
            slices <= INT32_MAX);
  if (team && !ck_rests(team))
    return ck_run_together(team, work, NULL, context, context_bytes, slices, backwards, leads);
  if (leads) work(context, slices, 0);
  ck_work_slices(work, NULL, context, 0, slices, 0, backwards);
}

long ck_team_share(ck_team *team, ck_work work, ck_finish finish, const void *context, long context_bytes, long slices,
                   int backwards, int leads) {
  CK_EXPECT(work && finish && context && context_bytes > 0 && context_bytes <= CK_CONTEXT_BYTES && slices > 0 &&
            slices <= INT32_MAX);
  if (!team || slices % (team->members + 1) != 0 || ck_rests(team)) {
    if (leads) work(context, slices, 0);
    ck_work_slices(work, finish, context, 0, slices, 0, backwards);
    return slices;
  }
  ck_run_together(team, work, finish, context, context_bytes, slices, backwards, leads);
  return slices / (team->members + 1);
}
