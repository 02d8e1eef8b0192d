// Mini-batches and blocks of rows: products of matrices, and steps from gradients that have been added up. Included by
// CKernels.h, which has the types.
#ifndef CK_BATCH_H
#define CK_BATCH_H

#include "CKernels.h"

/// A block of `count` rows through a row-major layer: nets [count x net_stride] = inputs [count x input_stride] times
/// the transposed weights, plus bias. Strides are in floats and multiples of 16; nets are written in whole vectors, zeros
/// behind the end of a row.
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
/// `indices` names their inputs.
void ck_adadelta_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                               const int32_t *indices, long count, float scale, const ck_adadelta *rule,
                               const ck_penalty *penalty);
void ck_momentum_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                               const int32_t *indices, long count, float scale, const ck_momentum *rule,
                               const ck_penalty *penalty);

/// A number that is not zero, and where it stands in its block of inputs or rows.
typedef struct {
  float value;
  int32_t place;
} ck_entry;

/// Rows of bytes without their zeros, [count x inputs]: each byte stands for (byte - subtract) * multiply of its input.
///
/// Listed twice, by row for forward passes and by input for gradients, and in blocks: the entries of a row for block b of the
/// inputs are row_entries[row * inputs + row_starts[row * (blocks + 1) + b]] and so on, those of an input for block b of the
/// rows input_entries[input * input_stride + input_starts[input * (row blocks + 1) + b]] and so on.
typedef struct {
  const float *subtract;
  const float *multiply;
  ck_entry *row_entries;
  int32_t *row_starts;
  ck_entry *input_entries;
  int32_t *input_starts;
  long count;
  long inputs;
  /// Room for the entries of an input, at least `count`.
  long input_stride;
} ck_listed_rows;

/// Lists are cut at so many inputs, or rows: a panel of weights or errors of that height stays in the nearest caches.
enum { CK_LISTED_BLOCK = 128 };

static inline long ck_listed_blocks(long count) { return (count + CK_LISTED_BLOCK - 1) / CK_LISTED_BLOCK; }

/// Fills both lists from bytes [count x inputs], shared out.
void ck_list_shared(ck_team *team, const ck_listed_rows *rows, const uint8_t *bytes);

/// The rows of a mini-batch as one layer sees them: inputs [count x input_stride], or if `listed` is not null those. Its nets,
/// and the errors that take their place, are net_stride apart.
typedef struct {
  const float *inputs;
  const ck_listed_rows *listed;
  long count;
  long net_stride;
  long input_stride;
} ck_batch;

/// Rows of bytes, [count x inputs], as the numbers that they stand for, shared out by rows: values [count x value_stride]
/// get (byte - subtract) * multiply of their input.
void ck_unpack_shared(ck_team *team, float *values, const uint8_t *bytes, const float *subtract, const float *multiply,
                      long count, long inputs, long value_stride);

/// Outputs of a hidden layer for a block of rows: values [count x stride] and, of Maxout, winners [count x units]. A layer
/// without values has no outputs beside its nets.
typedef struct {
  float *values;
  long stride;
  uint8_t *winners;
  long units;
  long channels;
  ck_activation activation;
} ck_block_outputs;

/// ck_net_block, then ck_activate for each row, shared out by rows of the layer.
void ck_forward_block(ck_team *team, float *nets, const ck_layer *layer, const ck_batch *batch,
                      const ck_block_outputs *outputs);

/// dE/dnet of the hidden layer below for a block of rows: values [count x stride], outputs laid out like `below`; winners
/// and keeps [count x units], `keeps` may be null.
typedef struct {
  float *values;
  long stride;
  const float *outputs;
  const uint8_t *winners;
  const uint8_t *keeps;
  long units;
  long channels;
  ck_activation activation;
} ck_block_errors;

/// ck_below_block, then ck_local_errors for each row, shared out by inputs of the layer.
void ck_backward_block(ck_team *team, float *below, const ck_layer *layer, const float *errors, long count,
                       long below_stride, long error_stride, const ck_block_errors *local);

/// The step of a mini-batch, shared out by rows of a row-major layer: their gradients, then their steps, while they are
/// still in the cache. gradients [rows x stride] and bias_gradients [rows] are room for the sums; `scale` makes means of
/// them.
void ck_batch_step_shared(ck_team *team, ck_layer *layer, float *gradients, float *bias_gradients,
                          const ck_batch *batch, float scale, const ck_learning *learning);

#endif
