// The inner loops of H2O's arithmetic, several weights at a time.
//
// Every number is rounded where and in the order in which H2O rounds it (h2o-behaviour.md#forward-pass and
// #backward-pass): the compiler may neither reorder nor contract, so this target is built without -ffast-math. Naive
// twins are in ExactKernelTests.swift, which compares bit by bit. Claims on the caller are checked in debug builds
// (doors.h).

#ifndef CEXACTKERNELS_H
#define CEXACTKERNELS_H

/// How a row of weights learns by ADADELTA.
typedef struct {
  float rho;
  float epsilon;
  double l1;
  double l2;
  /// 1: a weight whose input is exactly zero stays as it is.
  int skips_zero_inputs;
  /// 1: H2O's bit trick takes the place of the square root.
  int approximates_root;
} cx_adadelta;

/// The sum of weights [inputs] times input [inputs]: eight interleaved partial sums, then the rest.
double cx_dot(const float *weights, const double *input, long inputs);

/// Rows that cx_adadelta_rows takes at a time.
enum { CX_ROWS = 8 };

/// Up to CX_ROWS rows of weights [inputs] learn from one input, in order.
///
/// Row r starts at `offsets`[r] of `weights`, `memory` and `squares`, and has the error errors[r]. below[i] += error *
/// weight before its change, if below is not null. means[r] receives the mean of the squared gradients over all inputs,
/// skipped ones included as 0. `scratch` has room for [CX_ROWS x inputs].
void cx_adadelta_rows(double *means, float *weights, float *memory, float *squares, double *below, double *scratch,
                      const long *offsets, const double *errors, long rows, const double *input, long inputs,
                      const cx_adadelta *rule);

#endif
