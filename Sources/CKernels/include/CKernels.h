// The inner loops of training and scoring in single precision.
//
// Free of policy: no allocation, no errors, no logging; sizes are checked once by the caller (FastLayer.swift).
// Outputs come first, then inputs, then sizes. Each function is compiled for AVX-512, AVX2 and the baseline and chosen
// when the program starts. The naive twins are in ExactTrainer.swift; the tests compare them.
//
// Names: `rows` are units times channels (Maxout has two channels per unit, the channel runs fastest);
// row-major weights are [rows x stride] with stride >= inputs; column-major weights are [inputs x stride] with
// stride >= rows. `memory` and `squares` are laid out like `weights`.

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

/// net = weights * input + bias, row-major. Rows whose `keeps` is 0 get 0; `keeps` may be null.
void ck_net_rows(float *net, const ck_layer *layer, const float *input, const uint8_t *keeps);

/// The same for column-major weights and `count` inputs that are not zero, given by index and value.
void ck_net_columns(float *net, const ck_layer *layer, const int32_t *indices, const float *values, long count);

/// A block of `count` rows through a row-major layer: nets [count x net_stride] = inputs [count x input_stride] times
/// the transposed weights, plus bias. Strides are in floats and at least the row length.
void ck_net_block(float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride,
                  long input_stride);

/// sums [outer x sum_stride] = transposed left [count x left_stride] times right [count x right_stride], `outer` and
/// `inner` columns of them: the gradient of a block of rows, from errors and inputs.
void ck_outer_sum(float *sums, const float *left, const float *right, long count, long outer, long inner,
                  long sum_stride, long left_stride, long right_stride);

/// below [count x below_stride] = errors [count x error_stride] times the weights of a row-major layer.
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

/// One training row through a row-major layer.
///
/// below[i] += sum over rows of error * weight as it was before the update (if below is not null); then per row
/// G = error * input + l1 * sign(weight) + l2 * weight, the ADADELTA step, the norm limit, the bias step, whose rate
/// comes from the mean of G squared over all inputs. Rows whose `keeps` is 0 are passed over; `keeps` may be null.
void ck_adadelta_rows(
  ck_layer *layer, float *below, const float *errors, const float *input, const uint8_t *keeps,
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

/// Puts the mean of `source_count` arrays of `count` numbers, added up in their order, into each of the targets; a target
/// may be a source.
void ck_mean(float *const *targets, long target_count, const float *const *sources, long source_count, long count);

/// Makes this thread treat denormal numbers as zero: running averages that fade away would cost a hundred times more.
/// Returns the former setting for ck_restore_denormals.
unsigned ck_flush_denormals(void);
void ck_restore_denormals(unsigned former);

#endif
