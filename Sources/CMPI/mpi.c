#include <limits.h>
#include <mpi/mpi.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "CMPI.h"

enum {
  /// The largest part of a message, far below the limit of MPI's counts.
  PART = 1 << 28,
};

/// A rank that waits looks without a pause for so long, then with short pauses, then with long ones.
static const double eager_seconds = 0.001, lively_seconds = 0.1;
static const long short_pause = 50 * 1000, long_pause = 1000 * 1000;

static int own_rank, rank_count;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void pause_after(double seconds) {
  if (seconds < eager_seconds) {
    sched_yield();
    return;
  }
  struct timespec time = {.tv_nsec = seconds < lively_seconds ? short_pause : long_pause};
  nanosleep(&time, NULL);
}

/// Waits until all requests are complete.
static int complete(MPI_Request *requests, int count, double limit_seconds) {
  const double start = now();
  for (;;) {
    int is_complete = 0;
    if (MPI_Testall(count, requests, &is_complete, MPI_STATUSES_IGNORE) != MPI_SUCCESS) return CMPI_ERROR;
    if (is_complete) return CMPI_DONE;
    const double waited = now() - start;
    if (limit_seconds > 0 && waited > limit_seconds) return CMPI_LATE;
    pause_after(waited);
  }
}

int cmpi_start(int *rank, int *count) {
  int provided = 0;
  if (MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided) != MPI_SUCCESS) return CMPI_ERROR;
  if (provided < MPI_THREAD_SERIALIZED) return CMPI_ERROR;
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  MPI_Comm_rank(MPI_COMM_WORLD, &own_rank);
  MPI_Comm_size(MPI_COMM_WORLD, &rank_count);
  *rank = own_rank;
  *count = rank_count;
  return CMPI_DONE;
}

int cmpi_broadcast(void *bytes, long size, double limit_seconds) {
  for (long start = 0; start < size; start += PART) {
    const int part = (int)(size - start < PART ? size - start : PART);
    MPI_Request request;
    if (MPI_Ibcast((char *)bytes + start, part, MPI_BYTE, 0, MPI_COMM_WORLD, &request) != MPI_SUCCESS)
      return CMPI_ERROR;
    const int result = complete(&request, 1, limit_seconds);
    if (result != CMPI_DONE) return result;
  }
  return CMPI_DONE;
}

static long parts(long count) { return (count + PART - 1) / PART; }

int cmpi_exchange(const float *sent, const long *sent_counts, float *received, const long *received_counts,
                  double limit_seconds) {
  long total = 0;
  for (int rank = 0; rank < rank_count; rank++)
    if (rank != own_rank) total += parts(sent_counts[rank]) + parts(received_counts[rank]);
  MPI_Request *requests = malloc((size_t)(total > 0 ? total : 1) * sizeof *requests);
  if (!requests) return CMPI_ERROR;
  int result = CMPI_DONE, posted = 0;
  for (int rank = 0; rank < rank_count && result == CMPI_DONE; rank++) {
    for (long start = 0; rank != own_rank && start < received_counts[rank]; start += PART) {
      const long left = received_counts[rank] - start;
      if (MPI_Irecv(received + start, (int)(left < PART ? left : PART), MPI_FLOAT, rank, 0, MPI_COMM_WORLD,
                    &requests[posted++]) != MPI_SUCCESS)
        result = CMPI_ERROR;
    }
    received += received_counts[rank];
  }
  for (int rank = 0; rank < rank_count && result == CMPI_DONE; rank++) {
    for (long start = 0; rank != own_rank && start < sent_counts[rank]; start += PART) {
      const long left = sent_counts[rank] - start;
      if (MPI_Isend(sent + start, (int)(left < PART ? left : PART), MPI_FLOAT, rank, 0, MPI_COMM_WORLD,
                    &requests[posted++]) != MPI_SUCCESS)
        result = CMPI_ERROR;
    }
    sent += sent_counts[rank];
  }
  if (result == CMPI_DONE) {
    // This rank's own block; both pointers are behind the last block.
    const float *from = sent;
    float *to = received;
    for (int rank = rank_count - 1; rank >= own_rank; rank--) {
      from -= sent_counts[rank];
      to -= received_counts[rank];
    }
    memcpy(to, from, (size_t)received_counts[own_rank] * sizeof *to);
    result = complete(requests, posted, limit_seconds);
  }
  free(requests);
  return result;
}

int cmpi_gather(float *numbers, const long *counts, double limit_seconds) {
  int *lengths = malloc(2 * (size_t)rank_count * sizeof *lengths);
  if (!lengths) return CMPI_ERROR;
  int *starts = lengths + rank_count;
  long start = 0;
  for (int rank = 0; rank < rank_count; rank++) {
    lengths[rank] = (int)counts[rank];
    starts[rank] = (int)start;
    start += counts[rank];
  }
  MPI_Request request;
  int result = start > INT_MAX ? CMPI_ERROR : CMPI_DONE;
  if (result == CMPI_DONE && MPI_Iallgatherv(MPI_IN_PLACE, 0, MPI_FLOAT, numbers, lengths, starts, MPI_FLOAT,
                                             MPI_COMM_WORLD, &request) != MPI_SUCCESS)
    result = CMPI_ERROR;
  if (result == CMPI_DONE) result = complete(&request, 1, limit_seconds);
  free(lengths);
  return result;
}

void cmpi_end(void) { MPI_Finalize(); }

void cmpi_abort(int status) { MPI_Abort(MPI_COMM_WORLD, status); }
