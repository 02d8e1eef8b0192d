// The inner loops of H2O's arithmetic, several weights at a time.
//
// Every number is rounded where and in the order in which H2O rounds it (h2o-behaviour.md#forward-pass and
// #backward-pass). The compiler must neither reorder nor contract operations, so this target is built without
// -ffast-math. The naive twins are in ExactKernelTests.swift, which compares bit by bit. Preconditions are checked in
// debug builds (doors.h).

#ifndef CEXACTKERNELS_H
#define CEXACTKERNELS_H

/// The parameters of ADADELTA for a row of weights.
typedef struct {
  float rho;
  float epsilon;
  double l1;
  double l2;
  /// 1: weights whose input is exactly zero are not updated.
  int skips_zero_inputs;
  /// 1: H2O's bit trick replaces the square root.
  int approximates_root;
} cx_adadelta;

/// Returns the dot product of weights [inputs] and input [inputs]: eight interleaved partial sums, then the remainder.
double cx_dot(const float *weights, const double *input, long inputs);

/// The number of rows that cx_adadelta_rows takes at a time.
enum { CX_ROWS = 8 };

/// Trains up to CX_ROWS rows of weights [inputs] on one input, in order.
///
/// Row r starts at `offsets`[r] of `weights`, `memory` and `squares`, and has the error errors[r]. below[i] +=
/// error * weight before its update, if `below` is not null. means[r] receives the mean of the squared
/// gradients over all inputs; skipped inputs count as 0. `scratch` has room for [CX_ROWS x inputs].
void cx_adadelta_rows(double *means, float *weights, float *memory, float *squares, double *below, double *scratch,
                      const long *offsets, const double *errors, long rows, const double *input, long inputs,
                      const cx_adadelta *rule);

#endif
