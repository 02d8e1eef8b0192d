// The calls of MPI that deepspool needs, without MPI's types and macros, which Swift cannot import.
//
// Waiting never spins for long: a rank that waits leaves the processor to others. Calls may come from any thread, one
// at a time.
#ifndef CMPI_H
#define CMPI_H

/// The results of a call.
enum {
  CMPI_DONE = 0,
  /// Other ranks have not made the call within the limit.
  CMPI_LATE = 1,
  /// MPI has reported an error.
  CMPI_ERROR = 2,
};

/// Connects this process with the other ranks, and writes its number and their count.
int cmpi_start(int *rank, int *count);

/// Overwrites `size` bytes with those of rank 0. `limit_seconds` is the longest wait; 0 waits forever.
int cmpi_broadcast(void *bytes, long size, double limit_seconds);

/// Sends one block of `sent` to each rank, and receives one from each; blocks lie one after the other.
///
/// `sent_counts` [ranks] and `received_counts` [ranks] are in floats. The arrays must not overlap.
int cmpi_exchange(const float *sent, const long *sent_counts, float *received, const long *received_counts,
                  double limit_seconds);

/// Completes `numbers`, of which each rank has filled the block of its number; `counts` [ranks] are in floats.
int cmpi_gather(float *numbers, const long *counts, double limit_seconds);

/// Disconnects this process; all ranks must call it.
void cmpi_end(void);

/// Ends all ranks at once with an exit status.
void cmpi_abort(int status);

#endif
