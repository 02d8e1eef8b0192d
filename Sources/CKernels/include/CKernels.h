// The inner loops of training and scoring in single precision.
//
// Kernels do not allocate, report errors or log. Their preconditions are checked in debug
// builds (doors.h). Parameters are ordered: outputs, inputs, sizes. Each function is compiled
// for AVX-512, AVX2 and the baseline; the program chooses one at start. The engine in mixed
// precision is the naive twin; the tests compare them.
//
// Terms and layout:
// - `rows` are units times channels. Maxout has two channels per unit, and the channel index runs fastest.
// - Row-major weights are [rows x stride] with stride >= inputs; column-major weights are [inputs x stride] with
//   stride >= rows. `memory` and `squares` are laid out like `weights`.
// - Strides are multiples of 16. Inputs, nets, errors and the errors of the layer below have
//   room up to the next multiple of 16. The padding of weights, memories, inputs and errors
//   is zero and stays zero, because kernels compute it too.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <math.h>
#include <stdint.h>

#include "ck_team.h"

/// The weights and biases of a layer, with their optimizer state.
///
/// ADADELTA: memory = mean squared step, squares = mean squared gradient.
/// Momentum: memory = velocity, squares is unused. Without momentum both are unused.
/// Adam: memory = mean gradient, squares = mean squared gradient.
typedef struct {
  float *weights;
  float *memory;
  float *squares;
  float *bias;
  float *bias_memory;
  float *bias_squares;
  /// The consensus of elastic averaging, laid out like weights and biases; null without elastic averaging.
  const float *consensus;
  const float *bias_consensus;
  long inputs;
  long rows;
  long stride;
} ck_layer;

/// The terms that each weight adds to the loss: l1 |w| + l2 w^2 / 2. Biases add nothing.
///
/// All members are floats, and 0 disables a term: ck_has_cost loops over them, so it covers new terms too. update.h
/// defines how the terms act.
typedef struct {
  float l1;
  float l2;
} ck_weight_cost;

/// Returns whether any term is enabled.
static inline int ck_has_cost(const ck_weight_cost *cost) {
  const float *terms = (const float *)cost;
  int found = 0;
  for (unsigned long i = 0; i < sizeof *cost / sizeof *terms; i++) found |= terms[i] != 0;
  return found;
}

/// The penalties on weights, and what an update may skip. Kernels pass it on as a whole.
typedef struct {
  ck_weight_cost cost;
  /// The largest sum of squared weights of a row; infinity disables the limit.
  float max_squared_sum;
  /// 1: weights whose input is exactly zero are not updated.
  int skips_zero_inputs;
  /// 1: rows whose error is exactly zero are not updated.
  int skips_zero_errors;
  /// The strength of the pull towards the consensus.
  float elastic;
} ck_penalty;

/// Returns whether the weights of a row are limited; update.h defines how the limit acts.
static inline int ck_has_limit(const ck_penalty *penalty) { return penalty->max_squared_sum < INFINITY; }

/// Returns whether a penalty has neither a cost nor a limit; a consensus is not considered.
static inline int ck_is_absent(const ck_penalty *penalty) {
  return !ck_has_cost(&penalty->cost) && !ck_has_limit(penalty);
}

/// ADADELTA, Zeiler 2012.
typedef struct {
  float rho;
  float epsilon;
} ck_adadelta;

/// One learning rate for the whole layer, with or without momentum.
typedef struct {
  /// The learning rate of the gradient, multiplied by (1 - momentum).
  float rate;
  /// The learning rate of the penalties, which have no momentum.
  float full_rate;
  float momentum;
  /// 1: Nesterov's accelerated gradient, which looks one momentum step ahead.
  int nesterov;
  /// 0: there is no momentum, and `memory` is unused.
  int remembers;
} ck_momentum;

/// Adam, Kingma and Ba 2015; for mini-batches only.
typedef struct {
  /// The learning rates of weights and biases.
  float rate;
  float bias_rate;
  /// The decay of the mean gradient and of the mean squared gradient.
  float beta1;
  float beta2;
  float epsilon;
  /// 1 / (1 - beta^t) at step t, for moments that start at zero.
  float correction1;
  float correction2;
} ck_adam;

/// The activation functions of hidden units.
typedef enum { CK_TANH, CK_RECTIFIER, CK_MAXOUT, CK_EXP_RECTIFIER, CK_SELU, CK_MISH } ck_activation;

/// Computes outputs [units] of a hidden layer from its nets [rows]. `winners` [units] receives the winning channel of
/// each Maxout unit and may be null.
void ck_activate(float *outputs, uint8_t *winners, const float *nets, long units, ck_activation activation);

/// Computes errors [rows] = dE/dnet of a hidden layer from above [units] = dE/doutput. Units whose `keeps` is 0 and
/// losing channels get 0; `keeps` may be null. The derivative of Mish depends on the nets [units], which `errors` may
/// replace; other functions ignore them.
void ck_local_errors(float *errors, const float *above, const float *outputs, const float *nets, const uint8_t *winners,
                     const uint8_t *keeps, long units, ck_activation activation);

/// net = weights * input + bias, for a row-major layer. Rows whose `keeps` is 0 get 0; `keeps` may be null.
void ck_net_rows(float *net, const ck_layer *layer, const float *input, const uint8_t *keeps);

/// The same for column-major weights and `count` nonzero inputs, given as indices and values.
void ck_net_columns(float *net, const ck_layer *layer, const int32_t *indices, const float *values, long count);

/// Returns whether an input is exactly zero; computed once per row, not once per slice.
int ck_has_zeros(const float *input, long inputs);

/// Trains a row-major layer on one row with ADADELTA.
///
/// For each row of the layer: below[i] += error * weight before the update (if `below` is not null), the ADADELTA step
/// for the gradient error * input, the proximal step of l1 and l2 with the same rate, and the norm limit. Rows whose
/// `keeps` is 0 are skipped; `keeps` may be null. `has_zeros` is the result of ck_has_zeros for `input`. The biases are
/// updated by ck_adadelta_biases.
void ck_adadelta_rows(ck_layer *layer, float *below, const float *errors, const float *input, int has_zeros,
                      const uint8_t *keeps, const ck_adadelta *rule, const ck_penalty *penalty);

/// The same with one learning rate for all weights; it updates the biases too.
void ck_momentum_rows(ck_layer *layer, float *below, const float *errors, const float *input, const uint8_t *keeps,
                      const ck_momentum *rule, const ck_penalty *penalty);

/// Trains a column-major first layer on one row with ADADELTA. Only nonzero inputs are touched, so the cost grows with
/// their number, not with the number of inputs. Rows of the layer whose error is zero are not updated.
void ck_adadelta_columns(ck_layer *layer, const float *errors, const int32_t *indices, const float *values, long count,
                         const ck_adadelta *rule, const ck_penalty *penalty);

/// The same with one learning rate for all weights.
void ck_momentum_columns(ck_layer *layer, const float *errors, const int32_t *indices, const float *values, long count,
                         const ck_momentum *rule, const ck_penalty *penalty);

/// The dense inputs of one row. Each thread unpacks a packed row, which has `bytes`, into its own copy as
/// (byte - subtract) * multiply, so that the floats need not travel from core to core.
typedef struct {
  /// [count], or null if `values` already holds the row for all threads.
  const uint8_t *bytes;
  const float *subtract;
  const float *multiply;
  long count;
  /// [threads x value_stride].
  float *values;
  long value_stride;
  /// The number of the row, and of the row that each thread unpacked last, CK_INTS_PER_LINE apart (no false sharing).
  int32_t row;
  int32_t *unpacked;
} ck_input;

enum { CK_INTS_PER_LINE = 16 };

/// Returns the inputs of a row, unpacking them first if necessary.
const float *ck_input_values(const ck_input *input, long thread);

/// The learning parameters of a layer. `errors` is dE/dnet, of one row [rows] or of a mini-batch [count x net_stride].
/// Rows of the layer whose `keeps` is 0 are skipped; `keeps` may be null.
typedef struct {
  const float *errors;
  const uint8_t *keeps;
  /// 1: ADADELTA, 0: momentum.
  int is_adaptive;
  ck_adadelta adadelta;
  ck_momentum momentum;
  /// Adam, which then replaces both; null otherwise, and always for single rows.
  const ck_adam *adam;
  ck_penalty penalty;
} ck_learning;

/// The destination of a layer's net inputs. `keeps` is as in ck_net_rows. With `activates`, the outputs [units] are
/// computed too, for layers with one row per unit.
typedef struct {
  float *nets;
  float *outputs;
  const uint8_t *keeps;
  ck_activation activation;
  int activates;
} ck_forwarding;

/// Updates all biases of a layer with ADADELTA. Each bias has running averages of its own gradient, and no penalty.
void ck_adadelta_biases(ck_layer *layer, const ck_learning *learning);

/// A small layer whose update is deferred to that of the first layer, so that other threads need not wait for it.
typedef struct {
  ck_layer *layer;
  const float *input;
  ck_learning learning;
} ck_deferred;

/// A row-major first layer learns from the row `former` (if `learning` is not null), then computes the forward pass of
/// the row `next` (if `forwarding` is not null), in one sweep over the weights. A team shares the slices of rows. The
/// layer `last`, if not null, is updated at the same time.
void ck_first_layer(ck_team *team, ck_layer *layer, const ck_input *former, const ck_learning *learning,
                    const ck_deferred *last, const ck_input *next, const ck_forwarding *forwarding);

/// The first two layers, partitioned by the units between them: the lower row-major, the upper column-major.
typedef struct {
  ck_layer *lower;
  ck_layer *upper;
  /// A power of two.
  long slices;
  /// The forward pass of the lower layer, which has one row per unit.
  ck_forwarding forwarding;
  /// Scratch for dE/dnet of the lower layer, [lower rows].
  float *lower_errors;
  /// Scratch for the share of each slice in the upper net inputs, [slices x upper stride].
  float *nets_by_slice;
} ck_pair;

/// A pair learns from the row `former` (if `learning` is not null), by ADADELTA without penalties and
/// consensus; weights whose input or error is zero are not updated. `learning` holds the errors of the upper
/// layer. Then it computes the forward pass of the row `next` (if not null) up to the net inputs of the upper
/// layer, nets [upper rows]. The layer `last`, if not null, is updated at the same time.
void ck_run_pair(ck_team *team, const ck_pair *pair, const ck_input *former, const ck_learning *learning,
                 const ck_deferred *last, const ck_input *next, float *nets);

/// The forward pass of one row through a layer above the first, in slices of rows.
void ck_forward_slices(ck_team *team, const ck_layer *layer, const float *input, const ck_forwarding *forwarding);

/// below [inputs] = errors [rows] times the weights, summed row by row.
void ck_below_row(float *below, const ck_layer *layer, const float *errors);

/// A layer above the first learns from a row, in slices of rows, and writes the errors of the layer below to `below`.
/// `belows` is scratch for [slices x stride]: each slice sums its own share, and the shares are added in a fixed order.
/// `slices` is a power of two.
void ck_learn_slices(ck_team *team, long slices, ck_layer *layer, float *below, float *belows, const float *input,
                     const ck_learning *learning);

/// Returns the level of x86-64 whose instructions the kernels use on this processor: 4, 3 or 1; 0 for other processors.
/// Sums in vectors of another width are rounded differently.
int ck_processor_level(void);

/// Writes the mean of `source_count` arrays of `count` numbers, summed in their order, to each target. A target may be
/// one of the sources.
void ck_mean(float *const *targets, long target_count, const float *const *sources, long source_count, long count);

/// Makes this thread treat denormal numbers as zero, because decaying running averages would otherwise
/// be a hundred times slower. Returns the former setting for ck_restore_denormals.
unsigned ck_flush_denormals(void);
void ck_restore_denormals(unsigned former);

/// Prefetches `bytes` bytes without waiting for them. Inline, because it is called for every row.
static inline void ck_fetch_memory(const void *start, long bytes) {
  const char *memory = start;
  for (long offset = 0; offset < bytes; offset += 64) __builtin_prefetch(memory + offset);
  if (bytes > 0) __builtin_prefetch(memory + bytes - 1);
}

#include "ck_batch.h"

#endif
