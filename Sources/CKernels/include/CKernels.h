// The inner loops of training and scoring in single precision.
//
// Free of policy: no allocation, no errors, no logging; sizes are checked once by the caller (FastLayer.swift).
// Outputs come first, then inputs, then sizes. Each function is compiled for AVX-512, AVX2 and the baseline and chosen
// when the program starts. The naive twins are in ExactTrainer.swift; the tests compare them.
//
// Names: `rows` are units times channels (Maxout has two channels per unit, the channel runs fastest);
// row-major weights are [rows x stride] with stride >= inputs; column-major weights are [inputs x stride] with
// stride >= rows. `memory` and `squares` are laid out like `weights`. Strides are multiples of 16; inputs, nets, errors
// and the errors of the layer below have room up to the next multiple of 16, and whatever stands behind a row's end in
// weights, memories, inputs and errors is zero and stays zero: kernels run over it.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

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
  /// Receives the rate of each bias step if not null.
  float *bias_rates;
  long inputs;
  long rows;
  long stride;
} ck_layer;

/// Penalties, and what may be passed over.
typedef struct {
  float l1;
  float l2;
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

/// One rate for the layer, already multiplied by one minus the momentum. `nesterov` 1: look one momentum step ahead.
/// `remembers` 0: there is no momentum and no memory.
typedef struct {
  float rate;
  float momentum;
  int nesterov;
  int remembers;
} ck_momentum;

/// Functions of hidden units.
typedef enum { CK_TANH, CK_RECTIFIER, CK_MAXOUT, CK_EXP_RECTIFIER } ck_activation;

/// Threads that work on one layer together; the thread that runs it is one of them. Used by one thread at a time.
typedef struct ck_team ck_team;

/// Works on one slice of what `context` describes, and finishes what a thread has done, the slices `first` to before `end`.
typedef void (*ck_work)(const void *context, long slice, long thread);
typedef void (*ck_finish)(const void *context, long first, long end);

/// What a context may take.
enum { CK_CONTEXT_BYTES = 768 };

/// A team of the largest power of two of threads that is not more than asked for, the caller's included. Null for less
/// than two, and where threads cannot be had.
ck_team *ck_team_create(long threads_at_most);
void ck_team_destroy(ck_team *team);

/// 1: from now on the caller does everything itself; 0: the team works again.
void ck_team_dismiss(ck_team *team, int dismissed);

/// Nanoseconds of a clock that only goes forward.
long ck_nanoseconds(void);

/// Threads of a team; 1 for null.
long ck_team_threads(const ck_team *team);

/// Calls `work` with a copy of `context` for the slices 0 to `slices` - 1 and waits for all. Each thread has a share of
/// neighbouring slices; when it is through with them it takes over what others have not begun. `backwards`: each thread
/// takes its last slice first. `leads`: the caller begins with slice number `slices`, which nobody else takes. The caller
/// does everything itself with a null team and while other programs need the cores.
void ck_team_run(ck_team *team, ck_work work, const void *context, long context_bytes, long slices, int backwards,
                 int leads);

/// The same with fixed shares, each finished by the thread that has worked on it. Returns how many slices each thread had:
/// all of them where the caller was alone, which is also so with slices that cannot be shared out evenly.
long ck_team_share(ck_team *team, ck_work work, ck_finish finish, const void *context, long context_bytes, long slices);

/// Asks for the cache lines of what is soon to be written and another core has read, all at a time: the writes themselves
/// would ask for one after the other, in order. Between far cores that was half of the time of a row.
void ck_own(const void *start, long bytes);

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

/// A block of `count` rows through a row-major layer: nets [count x net_stride] = inputs [count x input_stride] times
/// the transposed weights, plus bias. Strides are in floats and multiples of 16; rows are read in whole vectors, and
/// must be zero behind their end.
void ck_net_block(float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride,
                  long input_stride);

/// sums [outer x sum_stride] = transposed left [count x left_stride] times right [count x right_stride], `outer` and
/// `inner` columns of them, rounded up to whole vectors: the gradient of a block of rows, from errors and inputs.
void ck_outer_sum(float *sums, const float *left, const float *right, long count, long outer, long inner,
                  long sum_stride, long left_stride, long right_stride);

/// below [count x below_stride] = errors [count x error_stride] times the weights of a row-major layer, in whole vectors.
void ck_below_block(float *below, const ck_layer *layer, const float *errors, long count, long below_stride,
                    long error_stride);

/// One step of a row-major layer from the summed gradients of a mini-batch; `scale` makes means of them.
///
/// gradients [rows x stride] and bias_gradients [rows] are sums over the rows of the batch of dE/dw and dE/db. Weights
/// whose gradient is exactly zero stay as they are if the penalty says so, units whose gradients are all zero too. Rows
/// whose `keeps` is 0 had no part in the batch and are passed over; `keeps` may be null.
void ck_adadelta_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                       const uint8_t *keeps, const ck_adadelta *rule, const ck_penalty *penalty);
void ck_momentum_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                       const uint8_t *keeps, const ck_momentum *rule, const ck_penalty *penalty);

/// The same for a column-major first layer of which only `count` inputs were touched: gradients [count x stride],
/// `indices` names their inputs. `scratch` has room for `rows`.
void ck_adadelta_dense_columns(ck_layer *layer, float *scratch, const float *gradients, const float *bias_gradients,
                               const int32_t *indices, long count, float scale, const ck_adadelta *rule,
                               const ck_penalty *penalty);
void ck_momentum_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                               const int32_t *indices, long count, float scale, const ck_momentum *rule,
                               const ck_penalty *penalty);

/// What a layer's step asks of a row of inputs: computed once per row and not once per slice.
typedef struct {
  float sum_of_squares;
  int has_zeros;
} ck_input_facts;

ck_input_facts ck_facts_of(const float *input, long inputs);

/// One training row through a row-major layer.
///
/// below[i] += sum over rows of error * weight as it was before the update (if below is not null); then per row
/// G = error * input + l1 * sign(weight) + l2 * weight, the ADADELTA step, the norm limit, the bias step, whose rate
/// comes from the mean of G squared over all inputs. Rows whose `keeps` is 0 are passed over; `keeps` may be null.
///
/// Where there are neither penalties nor a consensus, biases are left to ck_adadelta_biases.
void ck_adadelta_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, ck_input_facts facts, const uint8_t *keeps,
  const ck_adadelta *rule, const ck_penalty *penalty);

/// The same with one rate for all weights.
void ck_momentum_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, const uint8_t *keeps,
  const ck_momentum *rule, const ck_penalty *penalty);

/// One training row through a column-major first layer: only inputs that are not zero are touched, so the cost grows
/// with those and not with all inputs. Rows whose error is zero stay as they are. `scratch` has room for `rows`.
void ck_adadelta_columns(
  ck_layer *layer, float *scratch, const float *errors, const int32_t *indices, const float *values, long count,
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

/// The inputs of a row, unpacked if need be.
const float *ck_input_values(const ck_input *input, long thread);

/// How a layer learns: errors = dE/dnet, of one row [rows] or of a mini-batch [count x error_stride]; rows of the layer
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

/// The step of all biases of a layer that has neither penalties nor a consensus, `facts` being those of its input.
void ck_adadelta_biases(ck_layer *layer, ck_input_facts facts, const ck_learning *learning);

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

/// The rows of a mini-batch as one layer sees them: inputs [count x input_stride].
typedef struct {
  const float *inputs;
  long count;
  long error_stride;
  long input_stride;
} ck_batch;

/// Rows of bytes, [count x inputs], as the numbers that they stand for, shared out by rows: values [count x value_stride]
/// get (byte - subtract) * multiply of their input.
void ck_unpack_shared(ck_team *team, float *values, const uint8_t *bytes, const float *subtract, const float *multiply,
                      long count, long inputs, long value_stride);

/// ck_net_block, shared out by rows of the layer, and ck_below_block, by rows of the batch.
void ck_net_block_shared(ck_team *team, float *nets, const ck_layer *layer, const float *inputs, long count,
                         long net_stride, long input_stride);
void ck_below_block_shared(ck_team *team, float *below, const ck_layer *layer, const float *errors, long count,
                           long below_stride, long error_stride);

/// The step of a mini-batch, shared out by rows of a row-major layer: their gradients, then their steps, while they are
/// still in the cache. gradients [rows x stride] and bias_gradients [rows] are room for the sums; `scale` makes means of
/// them.
void ck_batch_step_shared(ck_team *team, ck_layer *layer, float *gradients, float *bias_gradients,
                          const ck_batch *batch, float scale, const ck_learning *learning);

/// Puts the mean of `source_count` arrays of `count` numbers, added up in their order, into each of the targets; a target
/// may be a source.
void ck_mean(float *const *targets, long target_count, const float *const *sources, long source_count, long count);

/// Makes this thread treat denormal numbers as zero: running averages that fade away would cost a hundred times more.
/// Returns the former setting for ck_restore_denormals.
unsigned ck_flush_denormals(void);
void ck_restore_denormals(unsigned former);

#endif
