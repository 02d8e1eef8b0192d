// Mini-batches cut into slices that a team shares. No result depends on where slices begin: the products
// of block.c have a fixed order of summation, and updates go weight by weight.

#include "CKernels.h"
#include "clones.h"
#include "doors.h"
#include "lanes.h"
#include "listed.h"
#include "slices.h"

#include <string.h>

enum {
  /// The unit of slices of a layer, which is the height of a tile in block.c.
  CK_TILE_HEIGHT = 6,
  /// A thread gets several slices, so that others can steal from it, if
  /// slices are large enough to pay for their panels.
  CK_MOST_SLICES_PER_THREAD = 4,
  CK_LEAST_SLICE_COLUMNS = 64,
  CK_LEAST_STEP_ROWS = 96
};

/// Returns the number of slices of `count` rows or columns; with several per thread, each has at least `least`.
static long ck_batch_slices(const ck_team *team, long count, long least) {
  const long threads = ck_team_threads(team), each = count / (threads * least);
  return threads * (each < 1 ? 1 : each > CK_MOST_SLICES_PER_THREAD ? CK_MOST_SLICES_PER_THREAD : each);
}

/// Returns the first element of a slice of `count` numbers, a multiple of `unit`.
static long ck_first_of(long slice, long slices, long count, long unit) {
  const long first = slice * ((count + unit - 1) / unit) / slices * unit;
  return first < count ? first : count;
}

typedef struct {
  long slices;
  float *values;
  const uint8_t *bytes;
  const float *subtract;
  const float *multiply;
  long count;
  long inputs;
  long value_stride;
} ck_unpack_task;

static void ck_unpack_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_unpack_task *task = context;
  const long end = (slice + 1) * task->count / task->slices;
  for (long row = slice * task->count / task->slices; row < end; row++)
    ck_unpack(task->values + row * task->value_stride, task->bytes + row * task->inputs, task->subtract, task->multiply,
              task->inputs);
}

void ck_unpack_shared(ck_team *team, float *values, const uint8_t *bytes, const float *subtract, const float *multiply,
                      long count, long inputs, long value_stride) {
  CK_EXPECT(count >= 0 && ck_is_stride(value_stride, inputs) && ck_is_place(values, count * inputs) &&
            (count == 0 || bytes));
  CK_EXPECT(ck_is_place(subtract, inputs) && ck_is_place(multiply, inputs));
  const long slices = ck_team_threads(team);
  const ck_unpack_task task = {slices, values, bytes, subtract, multiply, count, inputs, value_stride};
  ck_team_run(team, ck_unpack_slice, &task, sizeof task, slices, 0, 0);
}

typedef struct {
  long slices;
  const ck_listed_rows *rows;
  const uint8_t *bytes;
} ck_list_task;

static void ck_list_rows_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_list_task *task = context;
  const ck_listed_rows *rows = task->rows;
  const long end = (slice + 1) * rows->count / task->slices;
  for (long row = slice * rows->count / task->slices; row < end; row++)
    ck_list_row(rows, task->bytes + row * rows->inputs, row);
}

static void ck_list_inputs_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_list_task *task = context;
  const long blocks = ck_listed_blocks(task->rows->inputs), end = (slice + 1) * blocks / task->slices;
  for (long block = slice * blocks / task->slices; block < end; block++) ck_list_inputs(task->rows, block);
}

void ck_list_shared(ck_team *team, const ck_listed_rows *rows, const uint8_t *bytes) {
  CK_EXPECT(ck_is_listed(rows) && (rows->count == 0 || bytes));
  const long slices = ck_team_threads(team);
  const ck_list_task task = {slices, rows, bytes};
  ck_team_run(team, ck_list_rows_slice, &task, sizeof task, slices, 0, 0);
  ck_team_run(team, ck_list_inputs_slice, &task, sizeof task, slices, 0, 0);
}

typedef struct {
  long slices;
  float *nets;
  const ck_layer *layer;
  ck_batch batch;
  ck_block_outputs outputs;
} ck_forward_block_task;

static void ck_forward_block_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_forward_block_task *task = context;
  const ck_block_outputs *outputs = &task->outputs;
  const long first = ck_first_of(slice, task->slices, task->layer->rows, CK_LANES);
  const long end = ck_first_of(slice + 1, task->slices, task->layer->rows, CK_LANES);
  const ck_layer part = ck_rows_of(task->layer, first, end);
  const ck_batch *batch = &task->batch;
  if (batch->listed)
    ck_listed_nets(task->nets + first, &part, batch->listed, batch->net_stride);
  else
    ck_net_block(task->nets + first, &part, batch->inputs, batch->count, batch->net_stride, batch->input_stride);
  if (!outputs->values) return;
  const long unit = first / outputs->channels, units = part.rows / outputs->channels;
  for (long row = 0; row < batch->count; row++)
    ck_activate(outputs->values + row * outputs->stride + unit, outputs->winners + row * outputs->units + unit,
                task->nets + row * batch->net_stride + first, units, outputs->activation);
}

void ck_forward_block(ck_team *team, float *nets, const ck_layer *layer, const ck_batch *batch,
                      const ck_block_outputs *outputs) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_batch(layer, batch) && ck_is_place(nets, batch->count * layer->rows));
  CK_EXPECT(outputs && (!outputs->values || (ck_is_stride(outputs->stride, outputs->units) && outputs->winners)));
  CK_EXPECT(outputs->channels > 0 && outputs->units * outputs->channels == layer->rows);
  const long slices = ck_batch_slices(team, layer->rows, CK_LEAST_SLICE_COLUMNS);
  const ck_forward_block_task task = {slices, nets, layer, *batch, *outputs};
  ck_team_run(team, ck_forward_block_slice, &task, sizeof task, slices, 0, 0);
}

typedef struct {
  long slices;
  const ck_layer *layer;
  const float *errors;
  long count;
  long error_stride;
  float *below;
  long below_stride;
  ck_block_errors local;
} ck_backward_block_task;

static void ck_backward_block_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_backward_block_task *task = context;
  const ck_block_errors *local = &task->local;
  const long first = ck_first_of(slice, task->slices, task->layer->inputs, CK_LANES);
  ck_layer part = *task->layer;
  part.weights += first;
  part.inputs = ck_first_of(slice + 1, task->slices, task->layer->inputs, CK_LANES) - first;
  ck_below_block(task->below + first, &part, task->errors, task->count, task->below_stride, task->error_stride);
  for (long row = 0; row < task->count; row++) {
    const long unit = row * local->units + first;
    ck_local_errors(local->values + row * local->stride + first * local->channels,
                    task->below + row * task->below_stride + first, local->outputs + row * task->below_stride + first,
                    local->values + row * local->stride + first * local->channels, local->winners + unit,
                    local->keeps ? local->keeps + unit : 0, part.inputs, local->activation);
  }
}

void ck_backward_block(ck_team *team, float *below, const ck_layer *layer, const float *errors, long count,
                       long below_stride, long error_stride, const ck_block_errors *local) {
  CK_EXPECT(ck_is_row_major(layer) && count >= 0 && ck_is_stride(below_stride, layer->inputs) &&
            ck_is_stride(error_stride, layer->rows));
  CK_EXPECT(local && local->units == layer->inputs && local->channels > 0 &&
            ck_is_stride(local->stride, local->units * local->channels));
  CK_EXPECT(ck_is_place(below, count * layer->inputs) && ck_is_place(errors, count * layer->rows));
  const long slices = ck_batch_slices(team, layer->inputs, CK_LEAST_SLICE_COLUMNS);
  const ck_backward_block_task task = {slices, layer, errors, count, error_stride, below, below_stride, *local};
  ck_team_run(team, ck_backward_block_slice, &task, sizeof task, slices, 0, 0);
}

typedef struct {
  long slices;
  const ck_layer *layer;
  float *gradients;
  float *bias_gradients;
  float scale;
  ck_batch batch;
  ck_learning learning;
} ck_batch_task;

CK_CLONES static void ck_sum_columns(float *sums, const float *values, long count, long width, long stride) {
  memset(sums, 0, (unsigned long)width * sizeof(float));
  for (long row = 0; row < count; row++)
    for (long i = 0; i < width; i++) sums[i] += values[row * stride + i];
}

static void ck_batch_step_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_batch_task *task = context;
  const ck_batch *batch = &task->batch;
  const ck_learning *learning = &task->learning;
  // Slices end at a tile of the product, or for listed rows at a vector of its sums.
  const long unit = batch->listed ? CK_LANES : CK_TILE_HEIGHT;
  const long first = ck_first_of(slice, task->slices, task->layer->rows, unit);
  const long end = ck_first_of(slice + 1, task->slices, task->layer->rows, unit);
  ck_layer part = ck_rows_of(task->layer, first, end);
  float *gradients = task->gradients + first * part.stride, *bias_gradients = task->bias_gradients + first;
  const float *errors = learning->errors + first;
  const uint8_t *keeps = learning->keeps ? learning->keeps + first : 0;
  ck_sum_columns(bias_gradients, errors, batch->count, part.rows, batch->net_stride);
  if (batch->listed)
    ck_listed_gradients(gradients, &part, errors, bias_gradients, batch->listed, batch->net_stride);
  else
    ck_outer_sum(gradients, errors, batch->inputs, batch->count, part.rows, part.inputs, part.stride, batch->net_stride,
                 batch->input_stride);
  if (learning->adam)
    ck_adam_dense(&part, gradients, bias_gradients, task->scale, learning->adam, &learning->penalty);
  else if (learning->is_adaptive)
    ck_adadelta_dense(&part, gradients, bias_gradients, task->scale, keeps, &learning->adadelta, &learning->penalty);
  else
    ck_momentum_dense(&part, gradients, bias_gradients, task->scale, keeps, &learning->momentum, &learning->penalty);
}

void ck_batch_step_shared(ck_team *team, ck_layer *layer, float *gradients, float *bias_gradients,
                          const ck_batch *batch, float scale, const ck_learning *learning) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_batch(layer, batch) && ck_is_learning(layer, learning));
  CK_EXPECT(batch->count > 0 && scale > 0 && ck_is_place(gradients, layer->rows * layer->stride) &&
            ck_is_place(bias_gradients, layer->rows));
  const long slices = ck_batch_slices(team, layer->rows, CK_LEAST_STEP_ROWS);
  const ck_batch_task task = {slices, layer, gradients, bias_gradients, scale, *batch, *learning};
  ck_team_run(team, ck_batch_step_slice, &task, sizeof task, slices, 0, 0);
}
