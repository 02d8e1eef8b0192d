#define _GNU_SOURCE
#include "CProcesses.h"

#include <pthread.h>
#include <stdlib.h>

// The runtime of Swift's concurrency: the hook for tasks without an executor, and the function that runs one.
// See stdlib/public/Concurrency/GlobalExecutor.cpp and "ExecutorHooks.h" in the sources of Swift.
typedef __attribute__((swiftcall)) void (*enqueue_original)(void *job);
typedef __attribute__((swiftcall)) void (*enqueue_hook)(void *job, enqueue_original original);
extern enqueue_hook swift_task_enqueueGlobal_hook;
extern __attribute__((swiftcall)) void swift_job_run(void *job, void *executor, void *implementation);

/// A task that waits for a thread.
typedef struct entry {
  void *job;
  struct entry *next;
} entry;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrival = PTHREAD_COND_INITIALIZER;
static entry *first;
static entry **end = &first;

static __attribute__((swiftcall)) void enqueue(void *job, enqueue_original original) {
  (void)original;
  entry *added = malloc(sizeof(entry));
  if (!added) abort();
  *added = (entry){.job = job};
  pthread_mutex_lock(&lock);
  *end = added;
  end = &added->next;
  pthread_mutex_unlock(&lock);
  pthread_cond_signal(&arrival);
}

static void *serve(void *context) {
  (void)context;
  for (;;) {
    pthread_mutex_lock(&lock);
    while (!first) pthread_cond_wait(&arrival, &lock);
    entry *taken = first;
    first = taken->next;
    if (!first) end = &first;
    pthread_mutex_unlock(&lock);
    swift_job_run(taken->job, 0, 0);
    free(taken);
  }
  return 0;
}

int cprocesses_run_tasks_on_threads(int count) {
  for (int index = 0; index < count; index++) {
    pthread_t thread;
    int code = pthread_create(&thread, 0, serve, 0);
    if (code) return code;
    pthread_detach(thread);
    pthread_setname_np(thread, "tasks");
  }
  swift_task_enqueueGlobal_hook = enqueue;
  return 0;
}
