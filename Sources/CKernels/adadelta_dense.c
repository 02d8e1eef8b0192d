// ADADELTA for mini-batches: the step from gradients that have been added up.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"

/// One step of `count` numbers from their gradients. `masked`: numbers without a gradient stay as they are.
static inline __attribute__((always_inline)) void ck_adadelta_numbers(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict gradients, long count, float scale,
  float rho, float epsilon, float l1, float l2, const float *consensus, float elastic, const int masked) {
  for (long i = 0; i < count; i++) {
    const float data = gradients[i] * scale;
    const float gradient = data + ck_pull(consensus, i, w[i], elastic);
    ck_penalized_step(w + i, d + i, q + i, gradient, !masked || data != 0, rho, epsilon, l1, l2);
  }
}

/// The same without penalties: nothing but the running averages, so that all of it stays in vector registers.
static inline __attribute__((always_inline)) void ck_adadelta_plain_numbers(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict gradients, long count, float scale,
  float rho, float epsilon, const int masked) {
  const float root = sqrtf(1 - rho), back = 1 / root;
  for (long i = 0; i < count; i++) {
    const float h = gradients[i] * (scale * root);
    const float squares = rho * q[i] + h * h;
    const float memory = d[i] + epsilon;
    const float step = memory * h * (1.0f / sqrtf(memory * (squares + epsilon)));
    const int moves = !masked || gradients[i] != 0;
    q[i] = moves ? squares : q[i];
    d[i] = moves ? rho * d[i] + step * step : d[i];
    w[i] = moves ? w[i] - back * step : w[i];
  }
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
    const int plain = ck_is_plain(layer, penalty);
    // The flags become constants of four loops.
    if (plain && masked)
      ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 1);
    else if (plain)
      ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 0);
    else if (masked)
      ck_adadelta_numbers(w, d, q, sums, inputs, scale, rho, epsilon, l1, l2, pull, elastic, 1);
    else
      ck_adadelta_numbers(w, d, q, sums, inputs, scale, rho, epsilon, l1, l2, pull, elastic, 0);
    if (penalty->max_squared_sum < INFINITY) ck_limit_norm(w, inputs, penalty->max_squared_sum);
    ck_adadelta_bias_step(layer, row, error, rule, penalty);
  }
}

CK_CLONES void ck_adadelta_dense_columns(
  ck_layer *layer, const float *gradients, const float *bias_gradients, const int32_t *indices, long count, float scale,
  const ck_adadelta *rule, const ck_penalty *penalty) {
  const long rows = layer->rows, stride = layer->stride;
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    ck_adadelta_numbers(layer->weights + offset, layer->memory + offset, layer->squares + offset,
                        gradients + k * stride, rows, scale, rule->rho, rule->epsilon, penalty->l1, penalty->l2,
                        layer->consensus ? layer->consensus + offset : 0, penalty->elastic, 1);
  }
  for (long row = 0; row < rows; row++)
    if (bias_gradients[row] != 0) ck_adadelta_bias_step(layer, row, bias_gradients[row] * scale, rule, penalty);
}
