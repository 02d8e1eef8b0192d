#include "CExactKernels.h"

#include "doors.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

// ThreadSanitizer would instrument the resolver, which runs before the sanitizer is initialised.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define CX_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CX_CLONES
#endif

typedef double cx_doubles __attribute__((vector_size(64)));
typedef float cx_floats __attribute__((vector_size(32)));

CX_CLONES double cx_dot(const float *weights, const double *input, long inputs) {
  CX_EXPECT(inputs >= 0 && (inputs == 0 || (weights && input)));
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

/// Vectors of eight numbers of each type, which one step processes.
typedef float cx_float8 __attribute__((ext_vector_type(8), aligned(4)));
typedef double cx_double8 __attribute__((ext_vector_type(8), aligned(8)));
typedef int32_t cx_int8 __attribute__((ext_vector_type(8)));

/// The vectors of eight weights that one loop processes before the next
/// loop: intermediate results stay in the L1 cache.
enum { CX_BLOCK = 16 };

#define CX_INLINE static inline __attribute__((always_inline))

/// Returns H2O's bit-trick square root; its error is -2.3 % to +4.5 %.
static inline float cx_approximate_root(float x) {
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (int32_t)(532483686u + (uint32_t)(bits >> 1));
  memcpy(&x, &bits, sizeof x);
  return x;
}

/// The arrays of a row of weights. `taken` receives the squared gradients.
typedef struct {
  float *restrict weights;
  float *restrict memory;
  float *restrict means;
  double *restrict below;
  double *restrict taken;
  const double *restrict input;
} cx_row;

/// The options of an update, as compile-time constants.
typedef struct {
  int propagates;
  int approximates;
  int skips;
  int has_penalties;
} cx_flags;

/// Updates the weights from `first` to `end` - 1, one by one.
CX_INLINE void cx_adadelta_singly(const cx_row *row, long first, long end, double error, const cx_adadelta rule,
                                  const cx_flags flags) {
  const float rho = rule.rho, epsilon = rule.epsilon;
  // The compiler's own vectorisation would use masked stores, which take dozens of cycles on AMD processors.
#pragma clang loop vectorize(disable)
  for (long i = first; i < end; i++) {
    const double weight = (double)row->weights[i], x = row->input[i];
    if (flags.propagates) row->below[i] += error * weight;
    const double sign = weight > 0 ? 1.0 : weight < 0 ? -1.0 : 0.0;
    double gradient = error * x;
    if (flags.has_penalties) gradient = gradient + sign * rule.l1 + weight * rule.l2;
    const double square = gradient * gradient;
    const int moves = !flags.skips || x != 0;
    row->taken[i] = moves ? square : 0.0;
    if (!moves) continue;
    const float mean = (float)((double)(rho * row->means[i]) + (double)(1 - rho) * square);
    const float ratio = (row->memory[i] + epsilon) / (mean + epsilon);
    const float rate = flags.approximates ? cx_approximate_root(ratio) : sqrtf(ratio);
    row->means[i] = mean;
    row->memory[i] = (float)((double)(rho * row->memory[i]) + (double)((1 - rho) * rate * rate) * square);
    row->weights[i] = (float)(weight - (double)rate * gradient);
  }
}

/// The same for `count` vectors of eight weights, with the same operations in the same order.
/// It runs short loops one after the other, because conversions and divisions have long
/// latencies and out-of-order execution looks ahead only so far.
CX_INLINE void cx_adadelta_block(const cx_row *row, long first, long count, double error, const cx_adadelta rule,
                                 const cx_flags flags) {
  const float rho = rule.rho, epsilon = rule.epsilon;
  float *weights = row->weights + first, *memory = row->memory + first, *means = row->means + first;
  const double *input = row->input + first;
  double *squares = row->taken + first;
  cx_double8 gradients[CX_BLOCK];
  cx_float8 rates[CX_BLOCK];
  cx_int8 moves[CX_BLOCK];
  for (long k = 0; k < count; k++) {
    const cx_double8 x = *(const cx_double8 *)(input + 8 * k);
    cx_double8 gradient = error * x;
    if (flags.propagates || flags.has_penalties) {
      const cx_double8 weight = __builtin_convertvector(*(const cx_float8 *)(weights + 8 * k), cx_double8);
      if (flags.propagates) *(cx_double8 *)(row->below + first + 8 * k) += error * weight;
      const cx_double8 sign = weight > 0 ? (cx_double8)1 : weight < 0 ? (cx_double8)-1 : (cx_double8)0;
      if (flags.has_penalties) gradient = gradient + sign * rule.l1 + weight * rule.l2;
    }
    gradients[k] = gradient;
    *(cx_double8 *)(squares + 8 * k) = gradient * gradient;
    moves[k] = flags.skips ? __builtin_convertvector(x != 0, cx_int8) : (cx_int8)-1;
  }
  for (long k = 0; k < count; k++) {
    const cx_float8 former = *(const cx_float8 *)(means + 8 * k);
    const cx_double8 square = *(const cx_double8 *)(squares + 8 * k);
    const cx_float8 mean = __builtin_convertvector(
      __builtin_convertvector(rho * former, cx_double8) + (double)(1 - rho) * square, cx_float8);
    const cx_float8 ratio = (*(const cx_float8 *)(memory + 8 * k) + epsilon) / (mean + epsilon);
    *(cx_float8 *)(means + 8 * k) = moves[k] ? mean : former;
    if (flags.approximates) {
      cx_int8 bits;
      memcpy(&bits, &ratio, sizeof bits);
      bits = 532483686 + (bits >> 1);
      memcpy(&rates[k], &bits, sizeof bits);
    } else {
      rates[k] = __builtin_elementwise_sqrt(ratio);
    }
  }
  for (long k = 0; k < count; k++) {
    const cx_float8 former = *(const cx_float8 *)(memory + 8 * k);
    const cx_double8 square = *(const cx_double8 *)(squares + 8 * k);
    const cx_float8 step =
      __builtin_convertvector(__builtin_convertvector(rho * former, cx_double8) +
                                __builtin_convertvector((1 - rho) * rates[k] * rates[k], cx_double8) * square,
                              cx_float8);
    *(cx_float8 *)(memory + 8 * k) = moves[k] ? step : former;
  }
  for (long k = 0; k < count; k++) {
    const cx_float8 weight = *(const cx_float8 *)(weights + 8 * k);
    const cx_double8 way = __builtin_convertvector(rates[k], cx_double8) * gradients[k];
    const cx_float8 next = __builtin_convertvector(__builtin_convertvector(weight, cx_double8) - way, cx_float8);
    // Without penalties, the gradient of a zero input is zero, and so are the step and the square.
    *(cx_float8 *)(weights + 8 * k) = !flags.has_penalties ? next : moves[k] ? next : weight;
    if (flags.skips && flags.has_penalties) {
      const cx_double8 square = *(const cx_double8 *)(squares + 8 * k);
      *(cx_double8 *)(squares + 8 * k) = *(const cx_double8 *)(input + 8 * k) != 0 ? square : (cx_double8)0;
    }
  }
}

CX_INLINE void cx_adadelta_row(const cx_row *row, long inputs, double error, const cx_adadelta rule,
                               const cx_flags flags) {
  const long eights = inputs / 8;
  for (long k = 0; k < eights; k += CX_BLOCK)
    cx_adadelta_block(row, 8 * k, k + CX_BLOCK < eights ? CX_BLOCK : eights - k, error, rule, flags);
  cx_adadelta_singly(row, 8 * eights, inputs, error, rule, flags);
}

CX_CLONES void cx_adadelta_rows(double *means, float *weights, float *memory, float *squares, double *below,
                                double *scratch, const long *offsets, const double *errors, long rows,
                                const double *input, long inputs, const cx_adadelta *rule) {
  CX_EXPECT(means && weights && memory && squares && scratch && offsets && errors && input && rule);
  CX_EXPECT(rows >= 0 && rows <= CX_ROWS && inputs > 0);
  CX_EXPECT(rows == 0 || (weights != memory && weights != squares && memory != squares));
  CX_EXPECT(below != input && scratch != below);
  CX_EXPECT(cx_are_apart(offsets, rows, inputs) && rule->rho >= 0 && rule->rho <= 1);
  const int plain = rule->l1 == 0 && rule->l2 == 0 && rule->approximates_root && rule->skips_zero_inputs;
  for (long r = 0; r < rows; r++) {
    const long offset = offsets[r];
    const cx_row row = {weights + offset, memory + offset, squares + offset, below, scratch + r * inputs, input};
    // The flags become constants of the loops that are in use.
    if (plain && below)
      cx_adadelta_row(&row, inputs, errors[r], *rule, (cx_flags){1, 1, 1, 0});
    else if (plain)
      cx_adadelta_row(&row, inputs, errors[r], *rule, (cx_flags){0, 1, 1, 0});
    else
      cx_adadelta_row(&row, inputs, errors[r], *rule,
                      (cx_flags){below != 0, rule->approximates_root, rule->skips_zero_inputs, 1});
  }
  // Each sum goes from the first input to the last; eight rows side by side hide the latency of an addition.
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
