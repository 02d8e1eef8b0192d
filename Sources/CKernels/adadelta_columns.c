// ADADELTA for a column-major first layer: a row of weights per input.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"

/// The weights of one input without penalties; units without error keep theirs.
static inline __attribute__((always_inline)) void ck_adadelta_plain_column(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict errors, long rows, float x, float rho,
  float epsilon) {
  const float root = sqrtf(1 - rho), scaled_input = x * root, back = 1 / root;
  for (long row = 0; row < rows; row++) {
    const float error = errors[row], weight = w[row];
    const int moves = error != 0;
    const float h = scaled_input * error;
    const float squares = rho * q[row] + h * h;
    const float memory = d[row] + epsilon;
    const float step = memory * h * (1.0f / sqrtf(memory * (squares + epsilon)));
    const float steps = rho * d[row] + step * step;
    const float next = weight - back * step;
    q[row] = moves ? squares : q[row];
    d[row] = moves ? steps : d[row];
    w[row] = moves ? next : weight;
  }
}

/// The weights of one input with penalties, a consensus or both; units without error keep theirs.
static inline __attribute__((always_inline)) void ck_adadelta_column(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict errors, long rows, float x,
  const float *consensus, const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon, l1 = penalty->l1, l2 = penalty->l2;
  const float elastic = penalty->elastic;
  for (long row = 0; row < rows; row++) {
    const float gradient = errors[row] * x + ck_pull(consensus, row, w[row], elastic);
    ck_penalized_step(w + row, d + row, q + row, gradient, errors[row] != 0, rho, epsilon, l1, l2);
  }
}

CK_CLONES void ck_adadelta_columns(
  ck_layer *layer, const float *errors, const int32_t *indices, const float *values, long count,
  const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long rows = layer->rows, stride = layer->stride;
  const int plain = ck_is_plain(layer, penalty);
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    float *w = layer->weights + offset, *d = layer->memory + offset, *q = layer->squares + offset;
    if (plain)
      ck_adadelta_plain_column(w, d, q, errors, ck_padded(rows), values[k], rho, epsilon);
    else
      ck_adadelta_column(w, d, q, errors, rows, values[k], layer->consensus ? layer->consensus + offset : 0, rule,
                         penalty);
  }
  for (long row = 0; row < rows; row++)
    if (errors[row] != 0) ck_adadelta_bias_step(layer, row, errors[row], rule, penalty);
}
