// What the update rules share.
#ifndef CK_UPDATE_H
#define CK_UPDATE_H

#include "CKernels.h"

#include <math.h>

/// The weight that minimises rate * cost(w) + (w - weight)^2 / 2: the proximal step of the penalties, which follows the
/// step of the gradient (Parikh and Boyd 2014, Proximal Algorithms, section 6.5). It never changes the sign of a weight,
/// and makes small ones exactly zero.
static inline float ck_shrink(float weight, float rate, const ck_penalty *penalty) {
  const float kept = fabsf(weight) - rate * penalty->cost.l1;
  // Written so that what is not a number stays that: it must be noticed.
  return kept <= 0 ? 0 : copysignf(kept, weight) / (1 + rate * penalty->cost.l2);
}

/// The elastic force on the number at `index`, if there is a consensus.
static inline float ck_pull(const float *consensus, long index, float value, const ck_penalty *penalty) {
  return consensus ? penalty->elastic * (value - consensus[index]) : 0;
}

/// The gradient that moves a weight: `data` comes from the error. The slope of a cost that has no proximal step belongs here.
static inline float ck_gradient(
  float data, float weight, const float *consensus, long index, const ck_penalty *penalty) {
  return data + ck_pull(consensus, index, weight, penalty);
}

/// The gradient that moves a bias, which costs nothing.
static inline float ck_bias_gradient(const ck_layer *layer, long row, float error, const ck_penalty *penalty) {
  return error + ck_pull(layer->bias_consensus, row, layer->bias[row], penalty);
}

/// Scales a row down to the largest allowed sum of squares, if there is one.
static inline void ck_limit_row(float *weights, long inputs, const ck_penalty *penalty) {
  const float max_squared_sum = penalty->max_squared_sum;
  if (!(max_squared_sum < INFINITY)) return;
  float sum = 0;
  for (long i = 0; i < inputs; i++) sum += weights[i] * weights[i];
  if (sum <= max_squared_sum) return;
  const float scale = sqrtf(max_squared_sum / sum);
  for (long i = 0; i < inputs; i++) weights[i] *= scale;
}

/// The consensus of the row or column of a layer that begins at `offset`; null without one.
static inline const float *ck_consensus_at(const ck_layer *layer, long offset) {
  return layer->consensus ? layer->consensus + offset : 0;
}

/// Whether nothing but the error moves the weights of a layer one by one: neither their cost nor a consensus.
static inline int ck_is_plain(const ck_layer *layer, const ck_penalty *penalty) {
  return !ck_has_cost(&penalty->cost) && !layer->consensus;
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
