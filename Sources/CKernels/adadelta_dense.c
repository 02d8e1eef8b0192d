// ADADELTA for mini-batches: the step from gradients that have been added up.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"

#include <string.h>

/// One step of `count` numbers from their gradients; adds the squares to `totals` [count] if it is not null.
static inline __attribute__((always_inline)) float ck_adadelta_numbers(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict gradients, float *restrict totals,
  long count, float scale, float rho, float epsilon, float l1, float l2, const float *consensus, float elastic,
  const int masked) {
  float total = 0;
  for (long i = 0; i < count; i++) {
    const float weight = w[i], data = gradients[i] * scale;
    const float gradient = ck_gradient(data, 1, weight, l1, l2) + ck_pull(consensus, i, weight, elastic);
    const int moves = !masked || data != 0;
    const float square = gradient * gradient;
    const float squares = rho * q[i] + (1 - rho) * square;
    const float rate = ck_root_of_ratio(d[i] + epsilon, squares + epsilon);
    const float counted = moves ? square : 0;
    if (totals) totals[i] += counted;
    total += counted;
    d[i] = moves ? rho * d[i] + (1 - rho) * rate * rate * square : d[i];
    q[i] = moves ? squares : q[i];
    w[i] = moves ? weight - rate * gradient : weight;
  }
  return total;
}

/// The same without penalties: nothing but the running averages, so that all of it stays in vector registers.
static inline __attribute__((always_inline)) float ck_adadelta_plain_numbers(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict gradients, long count, float scale,
  float rho, float epsilon, const int masked) {
  const float root = sqrtf(1 - rho), back = 1 / root;
  float total = 0;
  for (long i = 0; i < count; i++) {
    const float h = gradients[i] * (scale * root);
    const float squares = rho * q[i] + h * h;
    const float memory = d[i] + epsilon;
    const float step = memory * h * (1.0f / sqrtf(memory * (squares + epsilon)));
    const int moves = !masked || gradients[i] != 0;
    total += h * h;
    q[i] = moves ? squares : q[i];
    d[i] = moves ? rho * d[i] + step * step : d[i];
    w[i] = moves ? w[i] - back * step : w[i];
  }
  return total * back * back;
}

CK_CLONES void ck_adadelta_dense(
  ck_layer *layer, const float *gradients, const float *bias_gradients, float scale, const uint8_t *keeps,
  const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long inputs = layer->inputs, stride = layer->stride;
  for (long row = 0; row < layer->rows; row++) {
    const float error = bias_gradients[row] * scale;
    const long offset = row * stride;
    if ((keeps && !keeps[row]) || ck_is_idle(error, gradients + offset, inputs, penalty)) continue;
    float *w = layer->weights + offset;
    const float *pull = layer->consensus ? layer->consensus + offset : 0;
    float *d = layer->memory + offset, *q = layer->squares + offset;
    const float *sums = gradients + offset;
    const float l1 = penalty->l1, l2 = penalty->l2, elastic = penalty->elastic;
    const int masked = penalty->skips_zero_inputs;
    float total;
    if (ck_is_plain(layer, penalty))
      total = masked ? ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 1)
                     : ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 0);
    else
      total = masked ? ck_adadelta_numbers(w, d, q, sums, 0, inputs, scale, rho, epsilon, l1, l2, pull, elastic, 1)
                     : ck_adadelta_numbers(w, d, q, sums, 0, inputs, scale, rho, epsilon, l1, l2, pull, elastic, 0);
    if (penalty->max_squared_sum < INFINITY) ck_limit_norm(w, inputs, penalty->max_squared_sum);
    ck_adadelta_bias_step(layer, row, error, total / (float)inputs, rho, epsilon, penalty);
  }
}

CK_CLONES void ck_adadelta_dense_columns(
  ck_layer *layer, float *scratch, const float *gradients, const float *bias_gradients, const int32_t *indices,
  long count, float scale, const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long rows = layer->rows, stride = layer->stride;
  memset(scratch, 0, (unsigned long)rows * sizeof(float));
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    const float *pull = layer->consensus ? layer->consensus + offset : 0;
    ck_adadelta_numbers(layer->weights + offset, layer->memory + offset, layer->squares + offset,
                        gradients + k * stride, scratch, rows, scale, rho, epsilon, penalty->l1, penalty->l2, pull,
                        penalty->elastic, 1);
  }
  const float inputs = (float)layer->inputs;
  for (long row = 0; row < rows; row++)
    if (bias_gradients[row] != 0)
      ck_adadelta_bias_step(layer, row, bias_gradients[row] * scale, scratch[row] / inputs, rho, epsilon, penalty);
}
