// ADADELTA: one learning rate per weight from running averages (Zeiler 2012, arXiv 1212.5701).
#ifndef CK_ADADELTA_H
#define CK_ADADELTA_H

#include "lanes.h"
#include "update.h"

/// Returns sqrt(numerator / denominator) for positive numbers, as one product and one
/// reciprocal square root, which vector units estimate in a few cycles
/// (docs/decisions/0014). The caller keeps both above 1e-18, so the product is normal.
static inline float ck_root_of_ratio(float numerator, float denominator) {
  return numerator * (1.0f / sqrtf(numerator * denominator));
}

/// Updates the running averages of one number with a gradient whose mean square
/// is `square`; returns the learning rate of the step.
static inline float ck_step(float *memory, float *squares, float square, float rho, float epsilon) {
  const float q = rho * *squares + (1 - rho) * square;
  const float rate = ck_root_of_ratio(*memory + epsilon, q + epsilon);
  *squares = q;
  *memory = rho * *memory + (1 - rho) * rate * rate * square;
  return rate;
}

/// Updates sixteen weights without penalties. `h` = sqrt(1 - rho) * gradient, so that one square
/// serves both running averages, and `back` = 1 / sqrt(1 - rho); the step is memory * h over the
/// root of memory * squares. `keep` is rho, or 1 for weights that must not change: their
/// gradient is zero, so their averages do not change either.
CK_INLINE void ck_adadelta_lanes(float *w, float *d, float *q, ck_lanes *moved, const ck_lanes *weight,
                                 const ck_lanes *h, const ck_lanes *keep, float back, float epsilon) {
#pragma clang fp reassociate(off)
  const ck_lanes former = *(const ck_lanes *)d, memory = former + epsilon;
  const ck_lanes squares = *keep * *(const ck_lanes *)q + *h * *h;
  const ck_lanes step = (memory * *h) * (1.0f / __builtin_elementwise_sqrt(memory * (squares + epsilon)));
  *moved = *weight - back * step;
  *(ck_lanes *)q = squares;
  *(ck_lanes *)d = *keep * former + step * step;
  *(ck_lanes *)w = *moved;
}

/// Updates one weight with penalties, a consensus or both: an ADADELTA step for
/// the gradient, of which `data` comes from the error, then the proximal step with
/// the same rate. Without `moves`, nothing changes.
CK_INLINE void ck_penalized_step(float *w, float *d, float *q, float data, const float *consensus, long index,
                                 int moves, float rho, float epsilon, const ck_penalty *penalty) {
  const float gradient = ck_gradient(data, *w, consensus, index, penalty);
  const float square = gradient * gradient;
  const float squares = rho * *q + (1 - rho) * square;
  const float rate = ck_root_of_ratio(*d + epsilon, squares + epsilon);
  const float steps = rho * *d + (1 - rho) * rate * rate * square;
  const float next = ck_shrink(*w - rate * gradient, rate, penalty);
  *q = moves ? squares : *q;
  *d = moves ? steps : *d;
  *w = moves ? next : *w;
}

/// Updates one bias, which has its own running averages and no penalty.
static inline void ck_adadelta_bias_step(ck_layer *layer, long row, float error, const ck_adadelta *rule,
                                         const ck_penalty *penalty) {
  const float gradient = ck_bias_gradient(layer, row, error, penalty);
  const float rate =
    ck_step(&layer->bias_memory[row], &layer->bias_squares[row], gradient * gradient, rule->rho, rule->epsilon);
  layer->bias[row] -= rate * gradient;
}

/// Returns whether a layer can learn from one row and compute the next in one sweep.
int ck_can_sweep(const ck_layer *layer, const ck_learning *learning);

/// Does ck_adadelta_rows without `below`, for a plain layer whose biases are updated, and
/// ck_net_rows for the row `next`. It goes row by row, so that weights pass through the
/// registers once. The results are the same, bit for bit.
void ck_adadelta_sweep(ck_layer *layer, float *nets, const float *errors, const float *input, int has_zeros,
                       const float *next, const ck_adadelta *rule, const ck_penalty *penalty);

#endif
