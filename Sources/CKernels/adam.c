// Adam for mini-batches (Kingma and Ba 2015): updates from summed gradients.

#include "CKernels.h"
#include "clones.h"
#include "doors.h"
#include "lanes.h"
#include "update.h"

#include <math.h>

/// Updates one number: moments, step, then the proximal step of the penalties at the same learning rate, which for l2
/// is decoupled weight decay (Loshchilov and Hutter 2019).
CK_INLINE float ck_adam_step(float value, float *memory, float *squares, float gradient, float rate,
                             const ck_adam *rule) {
  const float mean = rule->beta1 * *memory + (1 - rule->beta1) * gradient;
  const float square = rule->beta2 * *squares + (1 - rule->beta2) * (gradient * gradient);
  *memory = mean;
  *squares = square;
  return value - rate * (mean * rule->correction1) / (sqrtf(square * rule->correction2) + rule->epsilon);
}

/// Updates `count` weights. `plain`: there are neither costs nor a consensus, so that everything stays in registers.
CK_INLINE void ck_adam_numbers(float *restrict w, float *restrict m, float *restrict q, const float *restrict gradients,
                               long count, float scale, const ck_adam *rule, const ck_penalty *penalty,
                               const float *consensus, const int plain) {
  // Copies, so that no weight can alias them.
  const ck_adam own = *rule;
  const ck_penalty costs = *penalty;
  for (long i = 0; i < count; i++) {
    const float data = gradients[i] * scale;
    const float gradient = plain ? data : ck_gradient(data, w[i], consensus, i, &costs);
    const float next = ck_adam_step(w[i], m + i, q + i, gradient, own.rate, &own);
    w[i] = plain ? next : ck_shrink(next, own.rate, &costs);
  }
}

static inline void ck_adam_bias_step(ck_layer *layer, long row, float error, const ck_adam *rule,
                                     const ck_penalty *penalty) {
  layer->bias[row] = ck_adam_step(layer->bias[row], layer->bias_memory + row, layer->bias_squares + row,
                                  ck_bias_gradient(layer, row, error, penalty), rule->bias_rate, rule);
}

CK_CLONES void ck_adam_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                             const ck_adam *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_adam(rule) && ck_remembers(layer, 2) && ck_is_penalty(penalty));
  CK_EXPECT(ck_is_place(gradients, layer->rows * layer->inputs) && ck_is_place(bias_gradients, layer->rows));
  const long inputs = layer->inputs, stride = layer->stride;
  const int plain = ck_is_plain(layer, penalty);
  for (long row = 0; row < layer->rows; row++) {
    const long offset = row * stride;
    float *w = layer->weights + offset, *m = layer->memory + offset, *q = layer->squares + offset;
    // The flag becomes a constant of two loops.
    if (plain)
      ck_adam_numbers(w, m, q, gradients + offset, inputs, scale, rule, penalty, 0, 1);
    else
      ck_adam_numbers(w, m, q, gradients + offset, inputs, scale, rule, penalty, ck_consensus_at(layer, offset), 0);
    ck_limit_row(w, inputs, penalty);
    ck_adam_bias_step(layer, row, bias_gradients[row] * scale, rule, penalty);
  }
}

CK_CLONES void ck_adam_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                                     const int32_t *indices, long count, float scale, const ck_adam *rule,
                                     const ck_penalty *penalty) {
  CK_EXPECT(ck_is_column_major(layer) && ck_is_adam(rule) && ck_remembers(layer, 2));
  CK_EXPECT(ck_is_penalty(penalty) && !ck_has_limit(penalty) && ck_names_inputs(layer, indices, count));
  CK_EXPECT(ck_is_place(gradients, count * layer->stride) && ck_is_place(bias_gradients, layer->rows));
  const long rows = layer->rows, stride = layer->stride;
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    ck_adam_numbers(layer->weights + offset, layer->memory + offset, layer->squares + offset, gradients + k * stride,
                    rows, scale, rule, penalty, ck_consensus_at(layer, offset), 0);
  }
  for (long row = 0; row < rows; row++) ck_adam_bias_step(layer, row, bias_gradients[row] * scale, rule, penalty);
}
