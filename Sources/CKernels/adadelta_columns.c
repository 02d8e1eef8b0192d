// ADADELTA for a column-major first layer, which has a row of weights per input.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"
#include "doors.h"

/// Updates the weights of one input without penalties; those of units without error do not change.
static inline __attribute__((always_inline)) void ck_adadelta_plain_column(float *restrict w, float *restrict d,
                                                                           float *restrict q,
                                                                           const float *restrict errors, long rows,
                                                                           float x, float rho, float epsilon) {
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

/// Updates the weights of one input with penalties, a consensus or both; those of units without error do not change.
static inline __attribute__((always_inline)) void ck_adadelta_column(float *restrict w, float *restrict d,
                                                                     float *restrict q, const float *restrict errors,
                                                                     long rows, float x, const float *consensus,
                                                                     const ck_adadelta *rule,
                                                                     const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon;
  // A copy, so that no weight can alias it.
  const ck_penalty own = *penalty;
  for (long row = 0; row < rows; row++)
    ck_penalized_step(w + row, d + row, q + row, errors[row] * x, consensus, row, errors[row] != 0, rho, epsilon, &own);
}

CK_CLONES void ck_adadelta_columns(ck_layer *layer, const float *errors, const int32_t *indices, const float *values,
                                   long count, const ck_adadelta *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_column_major(layer) && ck_is_adadelta(rule) && ck_remembers(layer, 2));
  CK_EXPECT(ck_is_penalty(penalty) && !ck_has_limit(penalty));
  CK_EXPECT(ck_names_inputs(layer, indices, count) && ck_is_place(values, count) && ck_is_place(errors, layer->rows));
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long rows = layer->rows, stride = layer->stride;
  const int plain = ck_is_plain(layer, penalty);
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    float *w = layer->weights + offset, *d = layer->memory + offset, *q = layer->squares + offset;
    if (plain)
      ck_adadelta_plain_column(w, d, q, errors, ck_padded(rows), values[k], rho, epsilon);
    else
      ck_adadelta_column(w, d, q, errors, rows, values[k], ck_consensus_at(layer, offset), rule, penalty);
  }
  for (long row = 0; row < rows; row++)
    if (errors[row] != 0) ck_adadelta_bias_step(layer, row, errors[row], rule, penalty);
}
