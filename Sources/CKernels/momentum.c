// One learning rate per layer, with or without momentum (Sutskever et al. 2013).

#include "CKernels.h"
#include "clones.h"
#include "doors.h"
#include "lanes.h"
#include "update.h"

/// Returns the step of one number and updates its velocity: v' = m v - G; the step is rate * v', or with Nesterov
/// rate * (m v' - G). The caller has multiplied the rate by (1 - m).
static inline float ck_velocity_step(float *velocity, float gradient, const ck_momentum *rule) {
  if (!rule->remembers) return -rule->rate * gradient;
  const float next = rule->momentum * *velocity - gradient;
  *velocity = next;
  return rule->rate * (rule->nesterov ? rule->momentum * next - gradient : next);
}

/// The terms that the updates of all weights of a layer share.
typedef struct {
  float rate, momentum, ahead, behind, full_rate;
  ck_penalty penalty;
} ck_momentum_terms;

CK_INLINE ck_momentum_terms ck_terms(const ck_momentum *rule, const ck_penalty *penalty) {
  return (ck_momentum_terms){
    .rate = rule->rate,
    .momentum = rule->momentum,
    .ahead = rule->nesterov ? rule->momentum : 1,
    .behind = rule->nesterov ? 1 : 0,
    .full_rate = rule->full_rate,
    .penalty = *penalty,
  };
}

/// Updates one weight without momentum: the gradient step, of which `data` comes from the error,
/// then the proximal step of the penalties. Without `moves`, nothing changes.
CK_INLINE void ck_plain_step(float *w, float data, const float *consensus, long index, int moves,
                             const ck_momentum_terms *terms) {
  const float gradient = ck_gradient(data, *w, consensus, index, &terms->penalty);
  const float next = *w - terms->rate * gradient;
  *w = moves ? ck_shrink(next, terms->full_rate, &terms->penalty) : *w;
}

/// The same with momentum.
CK_INLINE void ck_momentum_step(float *w, float *v, float data, const float *consensus, long index, int moves,
                                const ck_momentum_terms *terms) {
  const float gradient = ck_gradient(data, *w, consensus, index, &terms->penalty);
  const float velocity = terms->momentum * *v - gradient;
  const float next = *w + terms->rate * (terms->ahead * velocity - terms->behind * gradient);
  *v = moves ? velocity : *v;
  *w = moves ? ck_shrink(next, terms->full_rate, &terms->penalty) : *w;
}

/// Updates one bias, which has no penalty.
static inline void ck_bias_step(ck_layer *layer, long row, float error, const ck_momentum *rule,
                                const ck_penalty *penalty) {
  float unused = 0;
  float *velocity = rule->remembers ? &layer->bias_memory[row] : &unused;
  layer->bias[row] += ck_velocity_step(velocity, ck_bias_gradient(layer, row, error, penalty), rule);
}

CK_CLONES void ck_momentum_rows(ck_layer *layer, float *below, const float *errors, const float *input,
                                const uint8_t *keeps, const ck_momentum *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_momentum(rule) && ck_remembers(layer, rule->remembers ? 1 : 0));
  CK_EXPECT(ck_is_penalty(penalty) && ck_is_place(input, layer->inputs) && ck_is_place(errors, layer->rows));
  CK_EXPECT(ck_is_apart(below, layer->inputs, input, layer->inputs) &&
            ck_is_apart(below, layer->inputs, errors, layer->rows));
  const ck_momentum_terms terms = ck_terms(rule, penalty);
  const long inputs = layer->inputs, stride = layer->stride;
  const int masked = penalty->skips_zero_inputs;
  for (long row = 0; row < layer->rows; row++) {
    const float error = errors[row];
    if (ck_passes_over(row, error, keeps, penalty)) continue;
    float *restrict w = layer->weights + row * stride;
    if (below) ck_propagate(below, w, error, inputs);
    const float *consensus = ck_consensus_at(layer, row * stride);
    if (!rule->remembers) {
      for (long i = 0; i < inputs; i++)
        ck_plain_step(w + i, error * input[i], consensus, i, !masked || input[i] != 0, &terms);
    } else {
      float *restrict v = layer->memory + row * stride;
      for (long i = 0; i < inputs; i++)
        ck_momentum_step(w + i, v + i, error * input[i], consensus, i, !masked || input[i] != 0, &terms);
    }
    ck_limit_row(w, inputs, penalty);
    ck_bias_step(layer, row, error, rule, penalty);
  }
}

CK_CLONES void ck_momentum_columns(ck_layer *layer, const float *errors, const int32_t *indices, const float *values,
                                   long count, const ck_momentum *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_column_major(layer) && ck_is_momentum(rule) && ck_remembers(layer, rule->remembers ? 1 : 0));
  CK_EXPECT(ck_is_penalty(penalty) && !ck_has_limit(penalty));
  CK_EXPECT(ck_names_inputs(layer, indices, count) && ck_is_place(values, count) && ck_is_place(errors, layer->rows));
  const ck_momentum_terms terms = ck_terms(rule, penalty);
  const long rows = layer->rows, stride = layer->stride;
  for (long k = 0; k < count; k++) {
    const float x = values[k];
    const long offset = (long)indices[k] * stride;
    float *restrict w = layer->weights + offset;
    const float *consensus = ck_consensus_at(layer, offset);
    if (!rule->remembers) {
      for (long row = 0; row < rows; row++)
        ck_plain_step(w + row, errors[row] * x, consensus, row, errors[row] != 0, &terms);
    } else {
      float *restrict v = layer->memory + offset;
      for (long row = 0; row < rows; row++)
        ck_momentum_step(w + row, v + row, errors[row] * x, consensus, row, errors[row] != 0, &terms);
    }
  }
  for (long row = 0; row < rows; row++)
    if (errors[row] != 0) ck_bias_step(layer, row, errors[row], rule, penalty);
}

/// Updates `count` numbers from their gradients.
static inline void ck_momentum_numbers(float *restrict w, float *restrict v, const float *restrict gradients,
                                       long count, float scale, const float *consensus, const ck_momentum *rule,
                                       const ck_penalty *penalty, int masked) {
  const ck_momentum_terms terms = ck_terms(rule, penalty);
  for (long i = 0; i < count; i++) {
    const float data = gradients[i] * scale;
    const int moves = !masked || data != 0;
    if (rule->remembers)
      ck_momentum_step(w + i, v + i, data, consensus, i, moves, &terms);
    else
      ck_plain_step(w + i, data, consensus, i, moves, &terms);
  }
}

CK_CLONES void ck_momentum_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                                 const uint8_t *keeps, const ck_momentum *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_momentum(rule) && ck_remembers(layer, rule->remembers ? 1 : 0) &&
            ck_is_penalty(penalty));
  CK_EXPECT(ck_is_place(gradients, layer->rows * layer->inputs) && ck_is_place(bias_gradients, layer->rows));
  CK_EXPECT(ck_is_apart(gradients, layer->rows * layer->stride, layer->weights, layer->rows * layer->stride));
  const long inputs = layer->inputs, stride = layer->stride;
  for (long row = 0; row < layer->rows; row++) {
    const float error = bias_gradients[row] * scale;
    const long offset = row * stride;
    if ((keeps && !keeps[row]) || ck_is_idle(error, gradients + offset, inputs, penalty)) continue;
    ck_momentum_numbers(layer->weights + offset, layer->memory + offset, gradients + offset, inputs, scale,
                        ck_consensus_at(layer, offset), rule, penalty, penalty->skips_zero_inputs);
    ck_limit_row(layer->weights + offset, inputs, penalty);
    ck_bias_step(layer, row, error, rule, penalty);
  }
}

CK_CLONES void ck_momentum_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                                         const int32_t *indices, long count, float scale, const ck_momentum *rule,
                                         const ck_penalty *penalty) {
  CK_EXPECT(ck_is_column_major(layer) && ck_is_momentum(rule) && ck_remembers(layer, rule->remembers ? 1 : 0));
  CK_EXPECT(ck_is_penalty(penalty) && !ck_has_limit(penalty) && ck_names_inputs(layer, indices, count));
  CK_EXPECT(ck_is_place(gradients, count * layer->stride) && ck_is_place(bias_gradients, layer->rows));
  const long rows = layer->rows, stride = layer->stride;
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    ck_momentum_numbers(layer->weights + offset, layer->memory + offset, gradients + k * stride, rows, scale,
                        ck_consensus_at(layer, offset), rule, penalty, 1);
  }
  for (long row = 0; row < rows; row++)
    if (bias_gradients[row] != 0) ck_bias_step(layer, row, bias_gradients[row] * scale, rule, penalty);
}
