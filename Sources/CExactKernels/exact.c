#include "CExactKernels.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define CX_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CX_CLONES
#endif

typedef double cx_doubles __attribute__((vector_size(64)));
typedef float cx_floats __attribute__((vector_size(32)));

CX_CLONES double cx_dot(const float *weights, const double *input, long inputs) {
  cx_doubles partial = {0};
  const long whole = inputs - inputs % 8;
  for (long i = 0; i < whole; i += 8) {
    cx_floats w;
    cx_doubles x;
    memcpy(&w, weights + i, sizeof w);
    memcpy(&x, input + i, sizeof x);
    partial += __builtin_convertvector(w, cx_doubles) * x;
  }
  double sum = partial[0] + partial[1] + partial[2] + partial[3];
  sum += partial[4] + partial[5] + partial[6] + partial[7];
  for (long i = whole; i < inputs; i++) sum += (double)weights[i] * input[i];
  return sum;
}

/// H2O's bit trick; off by -2.3 % to +4.5 %.
static inline float cx_approximate_root(float x) {
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (int32_t)(532483686u + (uint32_t)(bits >> 1));
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline __attribute__((always_inline)) void cx_adadelta_row(
  float *restrict weights, float *restrict memory, float *restrict means, double *restrict below,
  double *restrict taken, const double *restrict input, long inputs, double error, const cx_adadelta *rule,
  const int propagates, const int approximates, const int skips) {
  const float rho = rule->rho, epsilon = rule->epsilon;
  const double l1 = rule->l1, l2 = rule->l2;
  for (long i = 0; i < inputs; i++) {
    const double weight = (double)weights[i], x = input[i];
    if (propagates) below[i] += error * weight;
    const double sign = weight > 0 ? 1.0 : weight < 0 ? -1.0 : 0.0;
    const double gradient = error * x + sign * l1 + weight * l2;
    const double square = gradient * gradient;
    const float mean = (float)((double)(rho * means[i]) + (double)(1 - rho) * square);
    const float ratio = (memory[i] + epsilon) / (mean + epsilon);
    const float rate = approximates ? cx_approximate_root(ratio) : sqrtf(ratio);
    const float step = (float)((double)(rho * memory[i]) + (double)((1 - rho) * rate * rate) * square);
    const float next = (float)(weight - (double)rate * gradient);
    const int moves = !skips || x != 0;
    taken[i] = moves ? square : 0.0;
    means[i] = moves ? mean : means[i];
    memory[i] = moves ? step : memory[i];
    weights[i] = moves ? next : weights[i];
  }
}

CX_CLONES void cx_adadelta_rows(double *means, float *weights, float *memory, float *squares, double *below,
                                double *scratch, const long *offsets, const double *errors, long rows,
                                const double *input, long inputs, const cx_adadelta *rule) {
  for (long row = 0; row < rows; row++) {
    float *w = weights + offsets[row], *d = memory + offsets[row], *q = squares + offsets[row];
    double *taken = scratch + row * inputs;
    const double error = errors[row];
    // The flags become constants of the loops that are in use.
    if (rule->approximates_root && rule->skips_zero_inputs && below)
      cx_adadelta_row(w, d, q, below, taken, input, inputs, error, rule, 1, 1, 1);
    else if (rule->approximates_root && rule->skips_zero_inputs)
      cx_adadelta_row(w, d, q, below, taken, input, inputs, error, rule, 0, 1, 1);
    else if (below)
      cx_adadelta_row(w, d, q, below, taken, input, inputs, error, rule, 1, rule->approximates_root,
                      rule->skips_zero_inputs);
    else
      cx_adadelta_row(w, d, q, below, taken, input, inputs, error, rule, 0, rule->approximates_root,
                      rule->skips_zero_inputs);
  }
  // Each sum goes from the first input to the last; those of eight rows side by side hide what one addition waits.
  double sums[CX_ROWS] = {0};
  if (rows == CX_ROWS) {
    for (long i = 0; i < inputs; i++)
      for (long row = 0; row < CX_ROWS; row++) sums[row] += scratch[row * inputs + i];
  } else {
    for (long i = 0; i < inputs; i++)
      for (long row = 0; row < rows; row++) sums[row] += scratch[row * inputs + i];
  }
  for (long row = 0; row < rows; row++) means[row] = sums[row] / (double)inputs;
}
