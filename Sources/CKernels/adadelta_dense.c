// ADADELTA for mini-batches: updates from summed gradients.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"
#include "doors.h"

/// Updates `count` numbers from their gradients. `masked`: numbers without a gradient do not change.
static inline __attribute__((always_inline)) void ck_adadelta_numbers(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict gradients, long count, float scale,
  float rho, float epsilon, const ck_penalty *penalty, const float *consensus, const int masked) {
  // A copy, so that no weight can alias it.
  const ck_penalty own = *penalty;
  for (long i = 0; i < count; i++) {
    const float data = gradients[i] * scale;
    ck_penalized_step(w + i, d + i, q + i, data, consensus, i, !masked || data != 0, rho, epsilon, &own);
  }
}

/// The same without penalties: only running averages, so that everything stays in vector registers.
static inline __attribute__((always_inline)) void ck_adadelta_plain_numbers(float *restrict w, float *restrict d,
                                                                            float *restrict q,
                                                                            const float *restrict gradients, long count,
                                                                            float scale, float rho, float epsilon,
                                                                            const int masked) {
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

CK_CLONES void ck_adadelta_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                                 const uint8_t *keeps, const ck_adadelta *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_adadelta(rule) && ck_remembers(layer, 2) && ck_is_penalty(penalty));
  CK_EXPECT(ck_is_place(gradients, layer->rows * layer->inputs) && ck_is_place(bias_gradients, layer->rows));
  CK_EXPECT(ck_is_apart(gradients, layer->rows * layer->stride, layer->weights, layer->rows * layer->stride));
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long inputs = layer->inputs, stride = layer->stride;
  for (long row = 0; row < layer->rows; row++) {
    const float error = bias_gradients[row] * scale;
    const long offset = row * stride;
    if ((keeps && !keeps[row]) || ck_is_idle(error, gradients + offset, inputs, penalty)) continue;
    float *w = layer->weights + offset;
    const float *consensus = ck_consensus_at(layer, offset);
    float *d = layer->memory + offset, *q = layer->squares + offset;
    const float *sums = gradients + offset;
    const int masked = penalty->skips_zero_inputs;
    const int plain = ck_is_plain(layer, penalty);
    // The flags become constants of four loops.
    if (plain && masked)
      ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 1);
    else if (plain)
      ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 0);
    else if (masked)
      ck_adadelta_numbers(w, d, q, sums, inputs, scale, rho, epsilon, penalty, consensus, 1);
    else
      ck_adadelta_numbers(w, d, q, sums, inputs, scale, rho, epsilon, penalty, consensus, 0);
    ck_limit_row(w, inputs, penalty);
    ck_adadelta_bias_step(layer, row, error, rule, penalty);
  }
}

CK_CLONES void ck_adadelta_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                                         const int32_t *indices, long count, float scale, const ck_adadelta *rule,
                                         const ck_penalty *penalty) {
  CK_EXPECT(ck_is_column_major(layer) && ck_is_adadelta(rule) && ck_remembers(layer, 2));
  CK_EXPECT(ck_is_penalty(penalty) && !ck_has_limit(penalty) && ck_names_inputs(layer, indices, count));
  CK_EXPECT(ck_is_place(gradients, count * layer->stride) && ck_is_place(bias_gradients, layer->rows));
  const long rows = layer->rows, stride = layer->stride;
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    ck_adadelta_numbers(layer->weights + offset, layer->memory + offset, layer->squares + offset,
                        gradients + k * stride, rows, scale, rule->rho, rule->epsilon, penalty,
                        ck_consensus_at(layer, offset), 1);
  }
  for (long row = 0; row < rows; row++)
    if (bias_gradients[row] != 0) ck_adadelta_bias_step(layer, row, bias_gradients[row] * scale, rule, penalty);
}
