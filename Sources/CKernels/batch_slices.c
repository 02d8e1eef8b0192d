// Mini-batches cut into a slice for each thread of a team. No number depends on where slices begin: the products of block.c
// add each up in the same order wherever it stands, and steps are made weight by weight.

#include "CKernels.h"
#include "slices.h"

#include <string.h>

/// A multiple of the rows that the products of block.c work on together (3, 4 or 6): slices end where a tile ends, if they
/// can.
enum { CK_TILE_HEIGHT = 12 };

static long ck_first_of(long slice, long slices, long count) {
  const long tiles = (count + CK_TILE_HEIGHT - 1) / CK_TILE_HEIGHT;
  const long first = slice * tiles / slices * CK_TILE_HEIGHT;
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
    ck_unpack(task->values + row * task->value_stride, task->bytes + row * task->inputs, task->subtract,
              task->multiply, task->inputs);
}

void ck_unpack_shared(ck_team *team, float *values, const uint8_t *bytes, const float *subtract, const float *multiply,
                      long count, long inputs, long value_stride) {
  const long slices = ck_team_threads(team);
  const ck_unpack_task task = {slices, values, bytes, subtract, multiply, count, inputs, value_stride};
  ck_team_run(team, ck_unpack_slice, &task, sizeof task, slices, 0, 0);
}

typedef struct {
  long slices;
  float *results;
  const ck_layer *layer;
  const float *operands;
  long count;
  long result_stride;
  long operand_stride;
} ck_product_task;

static void ck_net_block_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_product_task *task = context;
  const long first = ck_first_of(slice, task->slices, task->layer->rows);
  const ck_layer part = ck_rows_of(task->layer, first, ck_first_of(slice + 1, task->slices, task->layer->rows));
  ck_net_block(task->results + first, &part, task->operands, task->count, task->result_stride, task->operand_stride);
}

void ck_net_block_shared(ck_team *team, float *nets, const ck_layer *layer, const float *inputs, long count,
                         long net_stride, long input_stride) {
  const long slices = ck_team_threads(team);
  const ck_product_task task = {slices, nets, layer, inputs, count, net_stride, input_stride};
  ck_team_run(team, ck_net_block_slice, &task, sizeof task, slices, 0, 0);
}

static void ck_below_block_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_product_task *task = context;
  const long first = ck_first_of(slice, task->slices, task->count);
  const long end = ck_first_of(slice + 1, task->slices, task->count);
  ck_below_block(task->results + first * task->result_stride, task->layer,
                 task->operands + first * task->operand_stride, end - first, task->result_stride,
                 task->operand_stride);
}

void ck_below_block_shared(ck_team *team, float *below, const ck_layer *layer, const float *errors, long count,
                           long below_stride, long error_stride) {
  const long slices = ck_team_threads(team);
  const ck_product_task task = {slices, below, layer, errors, count, below_stride, error_stride};
  ck_team_run(team, ck_below_block_slice, &task, sizeof task, slices, 0, 0);
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

static void ck_sum_columns(float *sums, const float *values, long count, long width, long stride) {
  memset(sums, 0, (unsigned long)width * sizeof(float));
  for (long row = 0; row < count; row++)
    for (long i = 0; i < width; i++) sums[i] += values[row * stride + i];
}

static void ck_batch_step_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_batch_task *task = context;
  const ck_batch *batch = &task->batch;
  const ck_learning *learning = &task->learning;
  const long first = ck_first_of(slice, task->slices, task->layer->rows);
  ck_layer part = ck_rows_of(task->layer, first, ck_first_of(slice + 1, task->slices, task->layer->rows));
  float *gradients = task->gradients + first * part.stride, *bias_gradients = task->bias_gradients + first;
  const float *errors = learning->errors + first;
  const uint8_t *keeps = learning->keeps ? learning->keeps + first : 0;
  ck_sum_columns(bias_gradients, errors, batch->count, part.rows, batch->error_stride);
  ck_outer_sum(gradients, errors, batch->inputs, batch->count, part.rows, part.inputs, part.stride,
               batch->error_stride, batch->input_stride);
  if (learning->is_adaptive)
    ck_adadelta_dense(&part, gradients, bias_gradients, task->scale, keeps, &learning->adadelta, &learning->penalty);
  else
    ck_momentum_dense(&part, gradients, bias_gradients, task->scale, keeps, &learning->momentum, &learning->penalty);
}

void ck_batch_step_shared(ck_team *team, ck_layer *layer, float *gradients, float *bias_gradients,
                          const ck_batch *batch, float scale, const ck_learning *learning) {
  const long slices = ck_team_threads(team);
  const ck_batch_task task = {slices, layer, gradients, bias_gradients, scale, *batch, *learning};
  ck_team_run(team, ck_batch_step_slice, &task, sizeof task, slices, 0, 0);
}
