// ADADELTA: one rate per weight from running averages (Zeiler 2012, arXiv 1212.5701).

#include "CKernels.h"
#include "clones.h"
#include "update.h"

#include <string.h>

/// sqrt(numerator / denominator) for positive numbers, as one product and one reciprocal square root, which vector
/// units estimate and refine in a few cycles. The caller keeps both above 1e-18, so the product is a normal number.
static inline float ck_root_of_ratio(float numerator, float denominator) {
  return numerator * (1.0f / sqrtf(numerator * denominator));
}

/// One step of one number with gradient `gradient`, whose square has the mean `square`.
static inline float ck_step(float *memory, float *squares, float square, float rho, float epsilon) {
  const float q = rho * *squares + (1 - rho) * square;
  const float rate = ck_root_of_ratio(*memory + epsilon, q + epsilon);
  *squares = q;
  *memory = rho * *memory + (1 - rho) * rate * rate * square;
  return rate;
}

static inline void ck_bias_step(ck_layer *layer, long row, float error, float mean_square, float rho, float epsilon,
                                const ck_penalty *penalty) {
  const float rate = ck_step(&layer->bias_memory[row], &layer->bias_squares[row], mean_square, rho, epsilon);
  const float bias = layer->bias[row];
  layer->bias[row] = bias - rate * (ck_gradient(error, 1, bias, penalty->l1, penalty->l2) +
                                    ck_pull(layer->bias_consensus, row, bias, penalty->elastic));
  if (layer->bias_rates) layer->bias_rates[row] = rate;
}

/// The weights of one row without penalties. `masked`: weights with zero input stay as they are.
///
/// The running averages take h = sqrt(1 - rho) * gradient, so that one square serves both; the step is rate * h over
/// the same root. Ten products or fused sums and two sums per weight, three numbers read and three written.
static inline __attribute__((always_inline)) void ck_adadelta_plain_row(
  float *restrict w, float *restrict d, float *restrict q, float *restrict below, const float *restrict input,
  long inputs, float error, float rho, float epsilon, const int masked, const int propagates) {
  const float root = sqrtf(1 - rho), scaled_error = error * root, back = 1 / root;
  for (long i = 0; i < inputs; i++) {
    const float x = input[i], weight = w[i];
    if (propagates) below[i] += error * weight;
    const float h = scaled_error * x;
    const float squares = rho * q[i] + h * h;
    const float memory = d[i] + epsilon;
    const float step = memory * h * (1.0f / sqrtf(memory * (squares + epsilon)));
    const float steps = rho * d[i] + step * step;
    const float next = weight - back * step;
    if (masked) {
      const int moves = x != 0;
      q[i] = moves ? squares : q[i];
      d[i] = moves ? steps : d[i];
      w[i] = moves ? next : weight;
    } else {
      q[i] = squares;
      d[i] = steps;
      w[i] = next;
    }
  }
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

/// The sum of squared inputs; `zeros` tells whether one of them is zero.
static inline float ck_sum_of_squares(const float *input, long inputs, int *zeros) {
  float sum = 0;
  int count = 0;
  for (long i = 0; i < inputs; i++) {
    sum += input[i] * input[i];
    count += input[i] == 0;
  }
  *zeros = count > 0;
  return sum;
}

CK_CLONES void ck_adadelta_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, const uint8_t *keeps,
  const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon, l1 = penalty->l1, l2 = penalty->l2;
  const long inputs = layer->inputs, width = ck_padded(inputs), stride = layer->stride;
  const float elastic = penalty->elastic;
  const int plain = l1 == 0 && l2 == 0 && !layer->consensus;
  int zeros;
  const float input_squares = ck_sum_of_squares(input, inputs, &zeros);
  // Without zeros among the inputs there is nothing to mask.
  const int masked = penalty->skips_zero_inputs && zeros;
  for (long row = 0; row < layer->rows; row++) {
    const float error = errors[row];
    if (ck_passes_over(row, error, keeps, penalty)) continue;
    float *w = layer->weights + row * stride, *d = layer->memory + row * stride, *q = layer->squares + row * stride;
    float total = error * error * input_squares;
    // The flags become constants of six loops, so that none of them costs anything in the others.
    if (plain && masked && below)
      ck_adadelta_plain_row(w, d, q, below, input, width, error, rho, epsilon, 1, 1);
    else if (plain && masked)
      ck_adadelta_plain_row(w, d, q, below, input, width, error, rho, epsilon, 1, 0);
    else if (plain && below)
      ck_adadelta_plain_row(w, d, q, below, input, width, error, rho, epsilon, 0, 1);
    else if (plain)
      ck_adadelta_plain_row(w, d, q, below, input, width, error, rho, epsilon, 0, 0);
    else {
      if (below) ck_propagate(below, w, error, inputs);
      const float *pull = layer->consensus ? layer->consensus + row * stride : 0;
      total = masked ? ck_adadelta_row(w, d, q, input, inputs, error, rho, epsilon, l1, l2, pull, elastic, 1)
                     : ck_adadelta_row(w, d, q, input, inputs, error, rho, epsilon, l1, l2, pull, elastic, 0);
    }
    if (penalty->max_squared_sum < INFINITY) ck_limit_norm(w, inputs, penalty->max_squared_sum);
    ck_bias_step(layer, row, error, total / (float)inputs, rho, epsilon, penalty);
  }
}

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

CK_CLONES void ck_adadelta_columns(
  ck_layer *layer, float *scratch, const float *errors, const int32_t *indices, const float *values, long count,
  const ck_adadelta *rule, const ck_penalty *penalty) {
  const float rho = rule->rho, epsilon = rule->epsilon, l1 = penalty->l1, l2 = penalty->l2;
  const long rows = layer->rows, stride = layer->stride;
  if (l1 == 0 && l2 == 0 && !layer->consensus) {
    float input_squares = 0;
    for (long k = 0; k < count; k++) {
      const long offset = (long)indices[k] * stride;
      ck_adadelta_plain_column(layer->weights + offset, layer->memory + offset, layer->squares + offset, errors,
                               ck_padded(rows), values[k], rho, epsilon);
      input_squares += values[k] * values[k];
    }
    const float mean = input_squares / (float)layer->inputs;
    for (long row = 0; row < rows; row++)
      if (errors[row] != 0)
        ck_bias_step(layer, row, errors[row], errors[row] * errors[row] * mean, rho, epsilon, penalty);
    return;
  }
  memset(scratch, 0, (unsigned long)rows * sizeof(float));
  for (long k = 0; k < count; k++) {
    const long offset = (long)indices[k] * stride;
    float *restrict w = layer->weights + offset, *restrict d = layer->memory + offset;
    float *restrict q = layer->squares + offset;
    const float *pull = layer->consensus ? layer->consensus + offset : 0;
    const float x = values[k], elastic = penalty->elastic;
    for (long row = 0; row < rows; row++) {
      const float error = errors[row], weight = w[row];
      const int moves = error != 0;
      const float gradient = ck_gradient(error, x, weight, l1, l2) + ck_pull(pull, row, weight, elastic);
      const float square = gradient * gradient;
      const float squares = rho * q[row] + (1 - rho) * square;
      const float rate = ck_root_of_ratio(d[row] + epsilon, squares + epsilon);
      scratch[row] += moves ? square : 0;
      d[row] = moves ? rho * d[row] + (1 - rho) * rate * rate * square : d[row];
      q[row] = moves ? squares : q[row];
      w[row] = moves ? weight - rate * gradient : weight;
    }
  }
  const float inputs = (float)layer->inputs;
  for (long row = 0; row < rows; row++)
    if (errors[row] != 0) ck_bias_step(layer, row, errors[row], scratch[row] / inputs, rho, epsilon, penalty);
}

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
    if (l1 == 0 && l2 == 0 && !pull)
      total = masked ? ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 1)
                     : ck_adadelta_plain_numbers(w, d, q, sums, inputs, scale, rho, epsilon, 0);
    else
      total = masked ? ck_adadelta_numbers(w, d, q, sums, 0, inputs, scale, rho, epsilon, l1, l2, pull, elastic, 1)
                     : ck_adadelta_numbers(w, d, q, sums, 0, inputs, scale, rho, epsilon, l1, l2, pull, elastic, 0);
    if (penalty->max_squared_sum < INFINITY) ck_limit_norm(w, inputs, penalty->max_squared_sum);
    ck_bias_step(layer, row, error, total / (float)inputs, rho, epsilon, penalty);
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
      ck_bias_step(layer, row, bias_gradients[row] * scale, scratch[row] / inputs, rho, epsilon, penalty);
}
