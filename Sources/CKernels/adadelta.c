// ADADELTA for the rows of a row-major layer, one training row at a time.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"
#include "net.h"

/// The weights of one row without penalties. `masked`: weights with zero input stay as they are. `forwards`: returns the
/// product of the new weights with `next`, added up as ck_net_of_rows does.
///
/// Nothing may be reordered: a row comes out the same with and without each flag.
CK_INLINE float ck_adadelta_plain_row(
  float *restrict w, float *restrict d, float *restrict q, float *restrict below, const float *restrict input,
  const float *restrict next, long width, float error, float rho, float epsilon, const int masked,
  const int propagates, const int forwards) {
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

/// The weights of one row; returns the sum of squared gradients. `masked`: weights with zero input stay as they are.
static inline __attribute__((always_inline)) float ck_adadelta_row(
  float *restrict w, float *restrict d, float *restrict q, const float *restrict input, long inputs, float error,
  float rho, float epsilon, float l1, float l2, const float *consensus, float elastic, const int masked) {
  float total = 0;
  for (long i = 0; i < inputs; i++) {
    const float x = input[i], weight = w[i];
    const float gradient = ck_gradient(error, x, weight, l1, l2) + ck_pull(consensus, i, weight, elastic);
    const float square = gradient * gradient;
    const float squares = rho * q[i] + (1 - rho) * square;
    const float rate = ck_root_of_ratio(d[i] + epsilon, squares + epsilon);
    const float steps = rho * d[i] + (1 - rho) * rate * rate * square;
    const float next = weight - rate * gradient;
    if (masked) {
      const int moves = x != 0;
      total += moves ? square : 0;
      q[i] = moves ? squares : q[i];
      d[i] = moves ? steps : d[i];
      w[i] = moves ? next : weight;
    } else {
      total += square;
      q[i] = squares;
      d[i] = steps;
      w[i] = next;
    }
  }
  return total;
}

CK_CLONES ck_input_facts ck_facts_of(const float *input, long inputs) {
  ck_input_facts facts = {0, 0};
  for (long i = 0; i < inputs; i++) {
    facts.sum_of_squares += input[i] * input[i];
    facts.has_zeros |= input[i] == 0;
  }
  return facts;
}

int ck_is_plain(const ck_layer *layer, const ck_penalty *penalty) {
  return penalty->l1 == 0 && penalty->l2 == 0 && !layer->consensus;
}

/// The step of all biases; `rates` and `keeps` may be null if the flags say so.
CK_INLINE void ck_bias_steps(
  float *restrict bias, float *restrict memory, float *restrict means, float *restrict rates,
  const float *restrict errors, const uint8_t *restrict keeps, long rows, float mean_square, float rho, float epsilon,
  int skips, const int has_rates, const int has_keeps) {
  for (long row = 0; row < rows; row++) {
    const float error = errors[row], square = error * error * mean_square;
    const int moves = (!has_keeps || keeps[row] != 0) & ((error != 0) | !skips);
    const float squares = rho * means[row] + (1 - rho) * square;
    const float rate = ck_root_of_ratio(memory[row] + epsilon, squares + epsilon);
    const float steps = rho * memory[row] + (1 - rho) * rate * rate * square;
    const float next = bias[row] - rate * error;
    means[row] = moves ? squares : means[row];
    memory[row] = moves ? steps : memory[row];
    bias[row] = moves ? next : bias[row];
    if (has_rates) rates[row] = moves ? rate : rates[row];
  }
}

CK_CLONES void ck_adadelta_biases(ck_layer *layer, ck_input_facts facts, const ck_learning *learning) {
  const float mean_square = facts.sum_of_squares / (float)layer->inputs;
  const float rho = learning->adadelta.rho, epsilon = learning->adadelta.epsilon;
  const int skips = learning->penalty.skips_zero_errors, has_rates = layer->bias_rates != 0;
  float *bias = layer->bias, *memory = layer->bias_memory, *means = layer->bias_squares, *rates = layer->bias_rates;
  const float *errors = learning->errors;
  if (learning->keeps || has_rates)
    for (long row = 0; row < layer->rows; row++) {
      const uint8_t keep = learning->keeps ? learning->keeps[row] : 1;
      float unused = 0;
      ck_bias_steps(bias + row, memory + row, means + row, has_rates ? rates + row : &unused, errors + row, &keep, 1,
                    mean_square, rho, epsilon, skips, 1, 1);
    }
  else
    ck_bias_steps(bias, memory, means, 0, errors, 0, layer->rows, mean_square, rho, epsilon, skips, 0, 0);
}

CK_CLONES void ck_adadelta_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, ck_input_facts facts, const uint8_t *keeps,
  const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon, l1 = penalty->l1, l2 = penalty->l2;
  const long inputs = layer->inputs, width = ck_padded(inputs), stride = layer->stride;
  const float elastic = penalty->elastic;
  const int plain = ck_is_plain(layer, penalty);
  // Without zeros among the inputs there is nothing to mask.
  const int masked = penalty->skips_zero_inputs && facts.has_zeros;
  for (long row = 0; row < layer->rows; row++) {
    const float error = errors[row];
    if (ck_passes_over(row, error, keeps, penalty)) continue;
    float *w = layer->weights + row * stride, *d = layer->memory + row * stride, *q = layer->squares + row * stride;
    // The flags become constants of six loops, so that none of them costs anything in the others.
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
      const float *pull = layer->consensus ? layer->consensus + row * stride : 0;
      const float total =
        masked ? ck_adadelta_row(w, d, q, input, inputs, error, rho, epsilon, l1, l2, pull, elastic, 1)
               : ck_adadelta_row(w, d, q, input, inputs, error, rho, epsilon, l1, l2, pull, elastic, 0);
      ck_adadelta_bias_step(layer, row, error, total / (float)inputs, rho, epsilon, penalty);
    }
    if (penalty->max_squared_sum < INFINITY) ck_limit_norm(w, inputs, penalty->max_squared_sum);
  }
}

int ck_can_sweep(const ck_layer *layer, const ck_learning *learning) {
  return learning->is_adaptive && !learning->keeps && ck_is_plain(layer, &learning->penalty) &&
         !(learning->penalty.max_squared_sum < INFINITY);
}

CK_CLONES void ck_adadelta_sweep(
  ck_layer *layer, float *nets, const float *errors, const float *input, ck_input_facts facts, const float *next,
  const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon;
  const long width = ck_padded(layer->inputs), stride = layer->stride;
  const int masked = penalty->skips_zero_inputs && facts.has_zeros;
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
