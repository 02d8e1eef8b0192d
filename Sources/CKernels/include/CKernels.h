// The inner loops of training and scoring in single precision.
//
// Free of policy: no allocation, no errors, no logging. What a kernel expects of its caller is checked at its door in debug
// builds (doors.h).
// Outputs come first, then inputs, then sizes. Each function is compiled for AVX-512, AVX2 and the baseline and chosen
// when the program starts. The engine in mixed precision is their naive twin; the tests compare them.
//
// Names: `rows` are units times channels (Maxout has two channels per unit, the channel runs fastest);
// row-major weights are [rows x stride] with stride >= inputs; column-major weights are [inputs x stride] with
// stride >= rows. `memory` and `squares` are laid out like `weights`. Strides are multiples of 16; inputs, nets, errors
// and the errors of the layer below have room up to the next multiple of 16, and whatever stands behind a row's end in
// weights, memories, inputs and errors is zero and stays zero: kernels run over it.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

#include "ck_team.h"

/// Weights, biases and what the update rule remembers of them. ADADELTA: memory = mean squared step, squares = mean
/// squared gradient. Momentum: memory = velocity, squares unused; without momentum both unused.
typedef struct {
  float *weights;
  float *memory;
  float *squares;
  float *bias;
  float *bias_memory;
  float *bias_squares;
  /// Elastic averaging: what the weights (laid out like them) and biases are pulled towards; null without it.
  const float *consensus;
  const float *bias_consensus;
  long inputs;
  long rows;
  long stride;
} ck_layer;

/// What each weight adds to the loss: l1 |w| + l2 w^2 / 2; biases add nothing.
///
/// Floats only, of which 0 is off: kernels ask ck_has_cost whether some are on, so that a new one cannot be overlooked. How
/// they act stands in update.h.
typedef struct {
  float l1;
  float l2;
} ck_weight_cost;

/// Whether weights cost anything.
static inline int ck_has_cost(const ck_weight_cost *cost) {
  const float *terms = (const float *)cost;
  int found = 0;
  for (unsigned long i = 0; i < sizeof *cost / sizeof *terms; i++) found |= terms[i] != 0;
  return found;
}

/// Penalties, and what may be passed over. Kernels hand it on whole.
typedef struct {
  ck_weight_cost cost;
  /// Largest sum of squared weights of a row; infinity is off.
  float max_squared_sum;
  /// 1: a weight whose input is exactly zero stays as it is.
  int skips_zero_inputs;
  /// 1: a row whose error is exactly zero stays as it is.
  int skips_zero_errors;
  /// Strength of the pull towards the consensus.
  float elastic;
} ck_penalty;

/// ADADELTA, Zeiler 2012.
typedef struct {
  float rho;
  float epsilon;
} ck_adadelta;

/// One rate for the whole layer.
typedef struct {
  /// Learning rate of the gradient, multiplied by one minus the momentum.
  float rate;
  /// Learning rate of the penalties, which have no momentum.
  float full_rate;
  float momentum;
  /// 1: Nesterov's accelerated gradient, which looks one momentum step ahead.
  int nesterov;
  /// 0: there is no momentum, and `memory` is not used.
  int remembers;
} ck_momentum;

/// Functions of hidden units.
typedef enum { CK_TANH, CK_RECTIFIER, CK_MAXOUT, CK_EXP_RECTIFIER } ck_activation;

/// outputs [units] of a hidden layer from its nets [rows]. `winners` [units] receives the winning channel of each Maxout
/// unit; it may be null.
void ck_activate(float *outputs, uint8_t *winners, const float *nets, long units, ck_activation activation);

/// errors [rows] = dE/dnet of a hidden layer from above [units] = dE/doutput. Units whose `keeps` is 0 and channels that
/// have not won get 0; `keeps` may be null.
void ck_local_errors(float *errors, const float *above, const float *outputs, const uint8_t *winners,
                     const uint8_t *keeps, long units, ck_activation activation);

/// net = weights * input + bias, row-major. Rows whose `keeps` is 0 get 0; `keeps` may be null.
void ck_net_rows(float *net, const ck_layer *layer, const float *input, const uint8_t *keeps);

/// The same for column-major weights and `count` inputs that are not zero, given by index and value.
void ck_net_columns(float *net, const ck_layer *layer, const int32_t *indices, const float *values, long count);

/// Whether some input is exactly zero: computed once per row and not once per slice.
int ck_has_zeros(const float *input, long inputs);

/// One training row through a row-major layer.
///
/// below[i] += sum over rows of error * weight as it was before the update (if below is not null); then per row the
/// ADADELTA step for G = error * input, the proximal step of l1 and l2 with the same rate, the norm limit. Rows whose
/// `keeps` is 0 are passed over; `keeps` may be null. `has_zeros` as ck_has_zeros says of `input`. Biases are left to
/// ck_adadelta_biases.
void ck_adadelta_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, int has_zeros, const uint8_t *keeps,
  const ck_adadelta *rule, const ck_penalty *penalty);

/// The same with one rate for all weights, biases included.
void ck_momentum_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, const uint8_t *keeps,
  const ck_momentum *rule, const ck_penalty *penalty);

/// One training row through a column-major first layer: only inputs that are not zero are touched, so the cost grows
/// with those and not with all inputs. Rows whose error is zero stay as they are.
void ck_adadelta_columns(
  ck_layer *layer, const float *errors, const int32_t *indices, const float *values, long count,
  const ck_adadelta *rule, const ck_penalty *penalty);

/// The same with one rate for all weights.
void ck_momentum_columns(
  ck_layer *layer, const float *errors, const int32_t *indices, const float *values, long count,
  const ck_momentum *rule, const ck_penalty *penalty);

/// The dense inputs of one row. Packed rows, which have `bytes`, are unpacked by each thread into a copy of its own, as
/// (byte - subtract) * multiply: caches then need not carry them from core to core.
typedef struct {
  /// [count], or null where `values` hold the row already, for all threads.
  const uint8_t *bytes;
  const float *subtract;
  const float *multiply;
  long count;
  /// [threads x value_stride].
  float *values;
  long value_stride;
  /// Number of the row, and of the row that each thread has unpacked last, CK_INTS_PER_LINE apart.
  int32_t row;
  int32_t *unpacked;
} ck_input;

enum { CK_INTS_PER_LINE = 16 };

/// Whether a penalty leaves it to the errors alone to move weights; a consensus apart.
int ck_is_absent(const ck_penalty *penalty);

/// The inputs of a row, unpacked if need be.
const float *ck_input_values(const ck_input *input, long thread);

/// How a layer learns: errors = dE/dnet, of one row [rows] or of a mini-batch [count x net_stride]; rows of the layer
/// whose `keeps` is 0 are passed over, it may be null.
typedef struct {
  const float *errors;
  const uint8_t *keeps;
  /// 1: by ADADELTA, else by momentum.
  int is_adaptive;
  ck_adadelta adadelta;
  ck_momentum momentum;
  ck_penalty penalty;
} ck_learning;

/// Where the net inputs of a layer go; `keeps` as in ck_net_rows. `activates`: also computes outputs [units] of a layer
/// that has one row per unit.
typedef struct {
  float *nets;
  float *outputs;
  const uint8_t *keeps;
  ck_activation activation;
  int activates;
} ck_forwarding;

/// The ADADELTA step of all biases of a layer. Each bias has running averages of its own gradient, and no penalty.
void ck_adadelta_biases(ck_layer *layer, const ck_learning *learning);

/// A small layer whose step was put off until the first layer makes its own, so that threads need not wait for it.
typedef struct {
  ck_layer *layer;
  const float *input;
  ck_learning learning;
} ck_deferred;

/// A row-major first layer learns from the row `former`, if `learning` is not null, and then passes on the row `next`, if
/// `forwarding` is not null: one sweep over the weights for both. In slices of rows that a team shares; meanwhile the
/// layer `last`, if not null, makes its step.
void ck_first_layer(ck_team *team, ck_layer *layer, const ck_input *former, const ck_learning *learning,
                    const ck_deferred *last, const ck_input *next, const ck_forwarding *forwarding);

/// The first two layers, cut into slices of the units between them: the lower row-major, the upper column-major.
typedef struct {
  ck_layer *lower;
  ck_layer *upper;
  /// A power of two.
  long slices;
  /// Of the lower layer; it has one row per unit.
  ck_forwarding forwarding;
  /// Room for dE/dnet of the lower layer, [lower rows].
  float *lower_errors;
  /// Room for what each slice adds to the net inputs of the upper layer, [slices x upper stride].
  float *nets_by_slice;
} ck_pair;

/// A pair learns from the row `former`, if `learning` is not null, by ADADELTA without penalties and consensus; weights
/// whose input or error is zero stay as they are. `learning` has the errors of the upper layer. Then it passes on the row
/// `next`, if that is not null, up to the net inputs of the upper layer, nets [upper rows]. Meanwhile the layer `last`, if
/// not null, makes its step.
void ck_run_pair(ck_team *team, const ck_pair *pair, const ck_input *former, const ck_learning *learning,
                 const ck_deferred *last, const ck_input *next, float *nets);

/// A row through a further layer, in slices of rows.
void ck_forward_slices(
  ck_team *team, const ck_layer *layer, const float *input, const ck_forwarding *forwarding);

/// below [inputs] = errors [rows] times the weights, row after row.
void ck_below_row(float *below, const ck_layer *layer, const float *errors);

/// A further layer learns from a row, in slices of rows, and gives `below` the errors of the layer below. `belows` has
/// room for [slices x stride]: each slice adds up its own share, and the shares are added in a fixed order. `slices` is
/// a power of two.
void ck_learn_slices(ck_team *team, long slices, ck_layer *layer, float *below, float *belows, const float *input,
                     const ck_learning *learning);

/// Puts the mean of `source_count` arrays of `count` numbers, added up in their order, into each of the targets; a target
/// may be a source.
void ck_mean(float *const *targets, long target_count, const float *const *sources, long source_count, long count);

/// Makes this thread treat denormal numbers as zero: running averages that fade away would cost a hundred times more.
/// Returns the former setting for ck_restore_denormals.
unsigned ck_flush_denormals(void);
void ck_restore_denormals(unsigned former);

/// Starts loading `bytes` bytes into the cache and does not wait for them. Inline: it is called for every row.
static inline void ck_fetch_memory(const void *start, long bytes) {
  const char *memory = start;
  for (long offset = 0; offset < bytes; offset += 64) __builtin_prefetch(memory + offset);
  if (bytes > 0) __builtin_prefetch(memory + bytes - 1);
}

#include "ck_batch.h"

#endif
