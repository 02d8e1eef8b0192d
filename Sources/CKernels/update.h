// What the update rules share.
#ifndef CK_UPDATE_H
#define CK_UPDATE_H

#include "CKernels.h"

#include <math.h>

/// The weight that minimises rate * (l1 |w| + l2 w^2 / 2) + (w - weight)^2 / 2: the proximal step of both penalties, which
/// follows the step of the gradient (Parikh and Boyd 2014, Proximal Algorithms, section 6.5). It never changes the sign of
/// a weight, and makes small ones exactly zero.
static inline float ck_shrink(float weight, float rate, float l1, float l2) {
  const float kept = fabsf(weight) - rate * l1;
  // Written so that what is not a number stays that: it must be noticed.
  return kept <= 0 ? 0 : copysignf(kept, weight) / (1 + rate * l2);
}

/// What the consensus adds to the gradient of the number at `index`.
static inline float ck_pull(const float *consensus, long index, float value, float elastic) {
  return consensus ? elastic * (value - consensus[index]) : 0;
}

/// Scales a row down to the largest allowed sum of squares.
static inline void ck_limit_norm(float *weights, long inputs, float max_squared_sum) {
  float sum = 0;
  for (long i = 0; i < inputs; i++) sum += weights[i] * weights[i];
  if (sum <= max_squared_sum) return;
  const float scale = sqrtf(max_squared_sum / sum);
  for (long i = 0; i < inputs; i++) weights[i] *= scale;
}

/// Adds error * weight to the errors of the layer below.
static inline void ck_propagate(float *below, const float *weights, float error, long inputs) {
  for (long i = 0; i < inputs; i++) below[i] += error * weights[i];
}

static inline int ck_passes_over(long row, float error, const uint8_t *keeps, const ck_penalty *penalty) {
  return (keeps && !keeps[row]) || (penalty->skips_zero_errors && error == 0);
}

/// Whether a unit stays as it is in the step of a mini-batch: no row of it had an error.
static inline int ck_is_idle(float error, const float *gradients, long inputs, const ck_penalty *penalty) {
  if (!penalty->skips_zero_errors || error != 0) return 0;
  float sum = 0;
  for (long i = 0; i < inputs; i++) sum += gradients[i] * gradients[i];
  return sum == 0;
}

#endif
