// Mini-batches and blocks of rows: matrix products, and updates from summed gradients. Included by CKernels.h, which
// declares the types.
#ifndef CK_BATCH_H
#define CK_BATCH_H

#include "CKernels.h"

/// Computes the net inputs of `count` rows through a row-major layer: nets [count x net_stride] = inputs
/// [count x input_stride] times the transposed weights, plus bias. Strides are in floats and multiples of 16. Nets are
/// written in whole vectors, with zeros as padding.
void ck_net_block(float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride,
                  long input_stride);

/// Computes the gradient of a block of rows: sums [outer x sum_stride] = transposed left [count x left_stride] (errors)
/// times right [count x right_stride] (inputs). `outer` and `inner` are their columns, rounded up to whole vectors.
void ck_outer_sum(float *sums, const float *left, const float *right, long count, long outer, long inner,
                  long sum_stride, long left_stride, long right_stride);

/// below [count x below_stride] = errors [count x error_stride] times the
/// weights of a row-major layer, in whole vectors.
void ck_below_block(float *below, const ck_layer *layer, const float *errors, long count, long below_stride,
                    long error_stride);

/// Updates a row-major layer from the summed gradients of a mini-batch; `scale` turns the sums into means.
///
/// gradients [rows x stride] and bias_gradients [rows] are the sums of dE/dw and dE/db over
/// the rows of the batch. If the penalty says so, weights whose gradient is exactly zero are
/// not updated, nor are units whose gradients are all zero. Rows whose `keeps` is 0 had no
/// part in the batch and are skipped; `keeps` may be null.
void ck_adadelta_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                       const uint8_t *keeps, const ck_adadelta *rule, const ck_penalty *penalty);
void ck_momentum_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                       const uint8_t *keeps, const ck_momentum *rule, const ck_penalty *penalty);

/// The same with Adam, for all weights: moments decay where a gradient is zero, too.
void ck_adam_dense(ck_layer *layer, const float *gradients, const float *bias_gradients, float scale,
                   const ck_adam *rule, const ck_penalty *penalty);

/// The same for a column-major first layer of which only the `count` inputs in
/// `indices` were touched: gradients [count x stride].
void ck_adadelta_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                               const int32_t *indices, long count, float scale, const ck_adadelta *rule,
                               const ck_penalty *penalty);
void ck_momentum_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients,
                               const int32_t *indices, long count, float scale, const ck_momentum *rule,
                               const ck_penalty *penalty);

/// Touched inputs only: the moments of the others keep their values.
void ck_adam_dense_columns(ck_layer *layer, const float *gradients, const float *bias_gradients, const int32_t *indices,
                           long count, float scale, const ck_adam *rule, const ck_penalty *penalty);

/// A nonzero number and its position in its block of inputs or rows.
typedef struct {
  float value;
  int32_t place;
} ck_entry;

/// Packed rows as lists of nonzero bytes, [count x inputs]; a byte
/// represents (byte - subtract) * multiply of its input.
///
/// There are two lists, by row for forward passes and by input for gradients, both cut into blocks.
/// The entries of a row in block b of the inputs start at
/// row_entries[row * inputs + row_starts[row * (blocks + 1) + b]]; those of an input in block b of the rows start at
/// input_entries[input * input_stride + input_starts[input * (row blocks + 1) + b]].
typedef struct {
  const float *subtract;
  const float *multiply;
  ck_entry *row_entries;
  int32_t *row_starts;
  ck_entry *input_entries;
  int32_t *input_starts;
  long count;
  long inputs;
  /// The room for the entries of one input, at least `count`.
  long input_stride;
} ck_listed_rows;

/// The inputs, or rows, per block of a list: a panel of weights or errors of this height stays in the L1 and L2 caches.
enum { CK_LISTED_BLOCK = 128 };

static inline long ck_listed_blocks(long count) { return (count + CK_LISTED_BLOCK - 1) / CK_LISTED_BLOCK; }

/// Fills both lists from bytes [count x inputs], shared by a team.
void ck_list_shared(ck_team *team, const ck_listed_rows *rows, const uint8_t *bytes);

/// The rows of a mini-batch as the input of one layer: inputs [count x input_stride], or `listed` if it is not
/// null. The layer's nets, and the errors that replace them, have the stride net_stride.
typedef struct {
  const float *inputs;
  const ck_listed_rows *listed;
  long count;
  long net_stride;
  long input_stride;
} ck_batch;

/// Unpacks bytes [count x inputs]: values [count x value_stride] = (byte - subtract) * multiply of their input. A team
/// shares the rows.
void ck_unpack_shared(ck_team *team, float *values, const uint8_t *bytes, const float *subtract, const float *multiply,
                      long count, long inputs, long value_stride);

/// The outputs of a layer for a block of rows: values [count x stride] and, for Maxout, winners
/// [count x units]. `values` is null for a layer that has net inputs only.
typedef struct {
  float *values;
  long stride;
  uint8_t *winners;
  long units;
  long channels;
  ck_activation activation;
} ck_block_outputs;

/// ck_net_block, then ck_activate for each row; a team shares the rows of the layer.
void ck_forward_block(ck_team *team, float *nets, const ck_layer *layer, const ck_batch *batch,
                      const ck_block_outputs *outputs);

/// The destination of dE/dnet of the hidden layer below for a block of rows: values [count x stride], which hold its
/// nets before. `outputs` is laid
/// out like `below`; `winners` and `keeps` are [count x units], and `keeps` may be null.
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

/// ck_below_block, then ck_local_errors for each row; a team shares the inputs of the layer.
void ck_backward_block(ck_team *team, float *below, const ck_layer *layer, const float *errors, long count,
                       long below_stride, long error_stride, const ck_block_errors *local);

/// scaled [count x stride] = inputs [count x stride] times one factor per column, scales [width].
void ck_scale_inputs(float *scaled, const float *inputs, const float *scales, long count, long width, long stride);

/// sums [width] = the sums over rows of left times right [count x stride].
void ck_sum_products(float *sums, const float *left, const float *right, long count, long width, long stride);

/// Updates a row-major layer from a mini-batch; a team shares the rows of the layer. Each slice computes its
/// gradients and updates its weights while the gradients are still in the cache. gradients [rows x stride] and
/// bias_gradients [rows] are scratch for the sums; `scale` turns the sums into means.
void ck_batch_step_shared(ck_team *team, ck_layer *layer, float *gradients, float *bias_gradients,
                          const ck_batch *batch, float scale, const ck_learning *learning);

#endif
