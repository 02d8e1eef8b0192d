// ADADELTA for the rows of a row-major layer, one training row at a time.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"
#include "doors.h"
#include "net.h"

/// Updates the weights of one row without penalties. `masked`: weights with zero input are not updated. `forwards`:
/// returns the product of the new weights with `next`, summed in the order of ck_net_of_rows.
///
/// Operations must not be reordered: the result of a row is the same with and without each flag.
CK_INLINE float ck_adadelta_plain_row(float *restrict w, float *restrict d, float *restrict q, float *restrict below,
                                      const float *restrict input, const float *restrict next, long width, float error,
                                      float rho, float epsilon, const int masked, const int propagates,
                                      const int forwards) {
#pragma clang fp reassociate(off)
  const float root = sqrtf(1 - rho), scaled_error = error * root, back = 1 / root;
  ck_lanes sums = {0};
  for (long i = 0; i < width; i += CK_LANES) {
    const ck_lanes x = *(const ck_lanes *)(input + i), weight = *(const ck_lanes *)(w + i);
    const ck_lanes h = scaled_error * x, keep = masked ? (x == 0 ? (ck_lanes)1 : (ck_lanes)rho) : (ck_lanes)rho;
    ck_lanes moved;
    if (propagates) *(ck_lanes *)(below + i) += error * weight;
    ck_adadelta_lanes(w + i, d + i, q + i, &moved, &weight, &h, &keep, back, epsilon);
    if (forwards) sums += moved * *(const ck_lanes *)(next + i);
  }
  return forwards ? ck_sum_of_lanes(&sums) : 0;
}

/// Updates the weights of one row with penalties, a consensus or both.
/// `masked`: weights with zero input are not updated.
static inline __attribute__((always_inline)) void ck_adadelta_row(float *restrict w, float *restrict d,
                                                                  float *restrict q, const float *restrict input,
                                                                  long inputs, float error, float rho, float epsilon,
                                                                  const ck_penalty *penalty, const float *consensus,
                                                                  const int masked) {
  for (long i = 0; i < inputs; i++)
    ck_penalized_step(w + i, d + i, q + i, error * input[i], consensus, i, !masked || input[i] != 0, rho, epsilon,
                      penalty);
}

CK_CLONES int ck_has_zeros(const float *input, long inputs) {
  CK_EXPECT(ck_is_place(input, inputs));
  int has_zeros = 0;
  for (long i = 0; i < inputs; i++) has_zeros |= input[i] == 0;
  return has_zeros;
}

/// Updates biases that have no consensus.
CK_INLINE void ck_plain_bias_steps(float *restrict bias, float *restrict memory, float *restrict means,
                                   const float *restrict errors, long rows, float rho, float epsilon, int skips) {
  for (long row = 0; row < rows; row++) {
    const float error = errors[row], square = error * error;
    const int moves = (error != 0) | !skips;
    const float squares = rho * means[row] + (1 - rho) * square;
    const float rate = ck_root_of_ratio(memory[row] + epsilon, squares + epsilon);
    const float steps = rho * memory[row] + (1 - rho) * rate * rate * square;
    const float next = bias[row] - rate * error;
    means[row] = moves ? squares : means[row];
    memory[row] = moves ? steps : memory[row];
    bias[row] = moves ? next : bias[row];
  }
}

CK_CLONES void ck_adadelta_biases(ck_layer *layer, const ck_learning *learning) {
  CK_EXPECT(layer && ck_is_learning(layer, learning) && learning->is_adaptive);
  const ck_adadelta *rule = &learning->adadelta;
  const ck_penalty *penalty = &learning->penalty;
  if (!learning->keeps && !layer->bias_consensus)
    return ck_plain_bias_steps(layer->bias, layer->bias_memory, layer->bias_squares, learning->errors, layer->rows,
                               rule->rho, rule->epsilon, penalty->skips_zero_errors);
  for (long row = 0; row < layer->rows; row++)
    if (!ck_passes_over(row, learning->errors[row], learning->keeps, penalty))
      ck_adadelta_bias_step(layer, row, learning->errors[row], rule, penalty);
}

CK_CLONES void ck_adadelta_rows(ck_layer *layer, float *below, const float *errors, const float *input, int has_zeros,
                                const uint8_t *keeps, const ck_adadelta *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_row_major(layer) && ck_remembers(layer, 2) && ck_is_adadelta(rule) && ck_is_penalty(penalty));
  CK_EXPECT(ck_fits_input(layer, input) && ck_is_place(errors, layer->rows));
  CK_EXPECT(has_zeros || !ck_has_zeros(input, layer->inputs));
  CK_EXPECT(ck_is_apart(below, layer->inputs, input, layer->inputs) &&
            ck_is_apart(below, layer->inputs, errors, layer->rows));
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long inputs = layer->inputs, width = ck_padded(inputs), stride = layer->stride;
  // A copy, so that no weight can alias it.
  const ck_penalty own = *penalty;
  const int plain = ck_is_plain(layer, penalty);
  // Without zeros among the inputs, no mask is needed.
  const int masked = penalty->skips_zero_inputs && has_zeros;
  for (long row = 0; row < layer->rows; row++) {
    const float error = errors[row];
    if (ck_passes_over(row, error, keeps, penalty)) continue;
    float *w = layer->weights + row * stride, *d = layer->memory + row * stride, *q = layer->squares + row * stride;
    // The flags become constants of six loops, so that an unused flag costs nothing.
    if (plain && masked && below)
      ck_adadelta_plain_row(w, d, q, below, input, 0, width, error, rho, epsilon, 1, 1, 0);
    else if (plain && masked)
      ck_adadelta_plain_row(w, d, q, 0, input, 0, width, error, rho, epsilon, 1, 0, 0);
    else if (plain && below)
      ck_adadelta_plain_row(w, d, q, below, input, 0, width, error, rho, epsilon, 0, 1, 0);
    else if (plain)
      ck_adadelta_plain_row(w, d, q, 0, input, 0, width, error, rho, epsilon, 0, 0, 0);
    else {
      if (below) ck_propagate(below, w, error, inputs);
      const float *consensus = ck_consensus_at(layer, row * stride);
      if (masked)
        ck_adadelta_row(w, d, q, input, inputs, error, rho, epsilon, &own, consensus, 1);
      else
        ck_adadelta_row(w, d, q, input, inputs, error, rho, epsilon, &own, consensus, 0);
    }
    ck_limit_row(w, inputs, penalty);
  }
}

int ck_can_sweep(const ck_layer *layer, const ck_learning *learning) {
  return learning->is_adaptive && !learning->keeps && !layer->consensus && ck_is_absent(&learning->penalty);
}

CK_CLONES void ck_adadelta_sweep(ck_layer *layer, float *nets, const float *errors, const float *input, int has_zeros,
                                 const float *next, const ck_adadelta *rule, const ck_penalty *penalty) {
  CK_EXPECT(ck_is_row_major(layer) && ck_remembers(layer, 2) && ck_is_adadelta(rule));
  CK_EXPECT(ck_is_absent(penalty) && !layer->consensus);
  CK_EXPECT(ck_fits_input(layer, input) && ck_fits_input(layer, next) &&
            ck_is_apart(input, layer->inputs, next, layer->inputs));
  CK_EXPECT(has_zeros || !ck_has_zeros(input, layer->inputs));
  CK_EXPECT(ck_is_place(nets, layer->rows) && ck_is_place(errors, layer->rows) &&
            ck_is_apart(nets, layer->rows, errors, layer->rows));
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long width = ck_padded(layer->inputs), stride = layer->stride;
  const int masked = penalty->skips_zero_inputs && has_zeros;
  ck_net_group others = {.count = 0};
  for (long row = 0; row < layer->rows; row++) {
    const float error = errors[row];
    if (ck_passes_over(row, error, 0, penalty)) {
      ck_net_add(&others, nets, layer, next, row);
      continue;
    }
    float *w = layer->weights + row * stride, *d = layer->memory + row * stride, *q = layer->squares + row * stride;
    nets[row] = layer->bias[row];
    nets[row] += masked ? ck_adadelta_plain_row(w, d, q, 0, input, next, width, error, rho, epsilon, 1, 0, 1)
                        : ck_adadelta_plain_row(w, d, q, 0, input, next, width, error, rho, epsilon, 0, 0, 1);
  }
  ck_net_end(&others, nets, layer, next);
}
