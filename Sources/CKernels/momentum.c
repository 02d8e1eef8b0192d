// One learning rate for the layer, with or without momentum (Sutskever et al. 2013).

#include "CKernels.h"
#include "clones.h"
#include "update.h"

/// The step of one number and its new velocity: v' = m v - G; the step is rate * v', or with Nesterov's look ahead
/// rate * (m v' - G). The caller has multiplied the rate by (1 - m).
static inline float ck_velocity_step(float *velocity, float gradient, const ck_momentum *rule) {
  if (!rule->remembers) return -rule->rate * gradient;
  const float next = rule->momentum * *velocity - gradient;
  *velocity = next;
  return rule->rate * (rule->nesterov ? rule->momentum * next - gradient : next);
}

static inline void ck_bias_step(ck_layer *layer, long row, float error, const ck_momentum *rule,
                                const ck_penalty *penalty) {
  float unused = 0;
  float *velocity = rule->remembers ? &layer->bias_memory[row] : &unused;
  layer->bias[row] +=
    ck_velocity_step(velocity, ck_gradient(error, 1, layer->bias[row], penalty->l1, penalty->l2), rule);
}

CK_CLONES void ck_momentum_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, const uint8_t *keeps,
  const ck_momentum *rule, const ck_penalty *penalty) {
  const float l1 = penalty->l1, l2 = penalty->l2, rate = rule->rate, momentum = rule->momentum;
  const float ahead = rule->nesterov ? momentum : 1, behind = rule->nesterov ? 1 : 0;
  const long inputs = layer->inputs, stride = layer->stride;
  const int masked = penalty->skips_zero_inputs;
  for (long row = 0; row < layer->rows; row++) {
    const float error = errors[row];
    if (ck_passes_over(row, error, keeps, penalty)) continue;
    float *restrict w = layer->weights + row * stride;
    if (below) ck_propagate(below, w, error, inputs);
    if (!rule->remembers) {
      for (long i = 0; i < inputs; i++) {
        const float next = w[i] - rate * ck_gradient(error, input[i], w[i], l1, l2);
        w[i] = masked && input[i] == 0 ? w[i] : next;
      }
    } else {
      float *restrict v = layer->memory + row * stride;
      for (long i = 0; i < inputs; i++) {
        const int moves = !masked || input[i] != 0;
        const float gradient = ck_gradient(error, input[i], w[i], l1, l2);
        const float velocity = momentum * v[i] - gradient;
        v[i] = moves ? velocity : v[i];
        w[i] = moves ? w[i] + rate * (ahead * velocity - behind * gradient) : w[i];
      }
    }
    if (penalty->max_squared_sum < INFINITY) ck_limit_norm(w, inputs, penalty->max_squared_sum);
    ck_bias_step(layer, row, error, rule, penalty);
  }
}

CK_CLONES void ck_momentum_columns(
  ck_layer *layer, const float *errors, const int32_t *indices, const float *values, long count,
  const ck_momentum *rule, const ck_penalty *penalty) {
  const float l1 = penalty->l1, l2 = penalty->l2, rate = rule->rate, momentum = rule->momentum;
  const float ahead = rule->nesterov ? momentum : 1, behind = rule->nesterov ? 1 : 0;
  const long rows = layer->rows, stride = layer->stride;
  for (long k = 0; k < count; k++) {
    const float x = values[k];
    float *restrict w = layer->weights + (long)indices[k] * stride;
    if (!rule->remembers) {
      for (long row = 0; row < rows; row++) {
        const float next = w[row] - rate * ck_gradient(errors[row], x, w[row], l1, l2);
        w[row] = errors[row] != 0 ? next : w[row];
      }
    } else {
      float *restrict v = layer->memory + (long)indices[k] * stride;
      for (long row = 0; row < rows; row++) {
        const int moves = errors[row] != 0;
        const float gradient = ck_gradient(errors[row], x, w[row], l1, l2);
        const float velocity = momentum * v[row] - gradient;
        v[row] = moves ? velocity : v[row];
        w[row] = moves ? w[row] + rate * (ahead * velocity - behind * gradient) : w[row];
      }
    }
  }
  for (long row = 0; row < rows; row++)
    if (errors[row] != 0) ck_bias_step(layer, row, errors[row], rule, penalty);
}
