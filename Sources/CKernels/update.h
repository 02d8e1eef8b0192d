// Functions that the update rules share.
#ifndef CK_UPDATE_H
#define CK_UPDATE_H

#include "CKernels.h"

#include <math.h>

/// Returns the weight that minimises rate * cost(w) + (w - weight)^2 / 2. This is the proximal step of the
/// penalties, which follows the gradient step (Parikh and Boyd 2014, Proximal Algorithms, section 6.5). It
/// never changes the sign of a weight, and makes small weights exactly zero.
static inline float ck_shrink(float weight, float rate, const ck_penalty *penalty) {
  const float kept = fabsf(weight) - rate * penalty->cost.l1;
  // Written so that NaN stays NaN: divergence must be detected.
  return kept <= 0 ? 0 : copysignf(kept, weight) / (1 + rate * penalty->cost.l2);
}

/// Returns the elastic force on the number at `index`; 0 without a consensus.
static inline float ck_pull(const float *consensus, long index, float value, const ck_penalty *penalty) {
  return consensus ? penalty->elastic * (value - consensus[index]) : 0;
}

/// Returns the gradient of a weight; `data` comes from the error. Costs without a proximal step add their slope here.
static inline float ck_gradient(float data, float weight, const float *consensus, long index,
                                const ck_penalty *penalty) {
  return data + ck_pull(consensus, index, weight, penalty);
}

/// Returns the gradient of a bias, which has no cost.
static inline float ck_bias_gradient(const ck_layer *layer, long row, float error, const ck_penalty *penalty) {
  return error + ck_pull(layer->bias_consensus, row, layer->bias[row], penalty);
}

/// Scales a row down to the largest allowed sum of squares, if there is a limit.
static inline void ck_limit_row(float *weights, long inputs, const ck_penalty *penalty) {
  if (!ck_has_limit(penalty)) return;
  const float max_squared_sum = penalty->max_squared_sum;
  float sum = 0;
  for (long i = 0; i < inputs; i++) sum += weights[i] * weights[i];
  if (sum <= max_squared_sum) return;
  const float scale = sqrtf(max_squared_sum / sum);
  for (long i = 0; i < inputs; i++) weights[i] *= scale;
}

/// Returns the consensus of the row or column of a layer at `offset`; null without a consensus.
static inline const float *ck_consensus_at(const ck_layer *layer, long offset) {
  return layer->consensus ? layer->consensus + offset : 0;
}

/// Returns whether only the error moves the weights of a layer: there is no cost and no consensus.
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

/// Returns whether a mini-batch leaves a unit unchanged, because no row of it had an error.
static inline int ck_is_idle(float error, const float *gradients, long inputs, const ck_penalty *penalty) {
  if (!penalty->skips_zero_errors || error != 0) return 0;
  float sum = 0;
  for (long i = 0; i < inputs; i++) sum += gradients[i] * gradients[i];
  return sum == 0;
}

#endif
