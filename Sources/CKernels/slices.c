// Layers cut into slices of rows that a team shares; no result depends on the number of threads.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"
#include "doors.h"
#include "slices.h"
#include "update.h"

#include <string.h>

static void ck_own_outputs(const ck_layer *part, long first, const ck_forwarding *forwarding) {
  ck_own(forwarding->nets + first, part->rows * (long)sizeof(float));
  if (forwarding->activates) ck_own(forwarding->outputs + first, part->rows * (long)sizeof(float));
}

static void ck_activate_part(const ck_layer *part, long first, const ck_forwarding *forwarding) {
  if (forwarding->activates)
    ck_activate(forwarding->outputs + first, 0, forwarding->nets + first, part->rows, forwarding->activation);
}

static void ck_forward_part(const ck_layer *part, long first, const float *input, const ck_forwarding *forwarding) {
  ck_own_outputs(part, first, forwarding);
  ck_net_rows(forwarding->nets + first, part, input, forwarding->keeps ? forwarding->keeps + first : 0);
  ck_activate_part(part, first, forwarding);
}

/// Updates the biases under ADADELTA, once for all rows, in vectors.
static void ck_learn_biases(ck_layer *layer, const ck_learning *learning) {
  if (learning->is_adaptive) ck_adadelta_biases(layer, learning);
}

static void ck_learn_part(ck_layer *part, long first, float *below, const float *input, int has_zeros,
                          const ck_learning *learning) {
  const float *errors = learning->errors + first;
  const uint8_t *keeps = learning->keeps ? learning->keeps + first : 0;
  if (learning->is_adaptive)
    ck_adadelta_rows(part, below, errors, input, has_zeros, keeps, &learning->adadelta, &learning->penalty);
  else
    ck_momentum_rows(part, below, errors, input, keeps, &learning->momentum, &learning->penalty);
}

CK_CLONES void ck_unpack(float *restrict values, const uint8_t *bytes, const float *subtract, const float *multiply,
                         long count) {
  CK_EXPECT(ck_is_place(values, count) && ck_is_place(subtract, count) && ck_is_place(multiply, count) &&
            (count == 0 || bytes));
  for (long i = 0; i < count; i++) values[i] = ((float)bytes[i] - subtract[i]) * multiply[i];
}

const float *ck_input_values(const ck_input *input, long thread) {
  CK_EXPECT(input && thread >= 0 && ck_is_place(input->values, input->count));
  if (!input->bytes) return input->values;
  float *values = input->values + thread * input->value_stride;
  int32_t *unpacked = input->unpacked + thread * CK_INTS_PER_LINE;
  if (*unpacked != input->row) {
    ck_unpack(values, input->bytes, input->subtract, input->multiply, input->count);
    *unpacked = input->row;
  }
  return values;
}

typedef struct {
  long slices;
  ck_layer *layer;
  int learns;
  int forwards;
  int sweeps;
  int has_zeros;
  ck_learning learning;
  ck_forwarding forwarding;
  ck_input former;
  ck_input next;
  ck_deferred last;
} ck_first_task;

void ck_learn_deferred(const ck_deferred *deferred) {
  ck_layer *layer = deferred->layer;
  ck_learn_biases(layer, &deferred->learning);
  ck_learn_part(layer, 0, 0, deferred->input, ck_has_zeros(deferred->input, layer->inputs), &deferred->learning);
}

static void ck_first_slice(const void *context, long slice, long thread) {
  const ck_first_task *task = context;
  if (slice == task->slices) return ck_learn_deferred(&task->last);
  const long first = ck_first_row(task->layer, slice, task->slices);
  ck_layer part = ck_rows_of(task->layer, first, ck_first_row(task->layer, slice + 1, task->slices));
  if (task->learns) ck_fetch(task->learning.errors + first, part.rows);
  if (task->sweeps) {
    float *nets = task->forwarding.nets + first;
    ck_own_outputs(&part, first, &task->forwarding);
    ck_adadelta_sweep(&part, nets, task->learning.errors + first, ck_input_values(&task->former, thread),
                      task->has_zeros, ck_input_values(&task->next, thread), &task->learning.adadelta,
                      &task->learning.penalty);
    return ck_activate_part(&part, first, &task->forwarding);
  }
  if (task->learns)
    ck_learn_part(&part, first, 0, ck_input_values(&task->former, thread), task->has_zeros, &task->learning);
  if (task->forwards) ck_forward_part(&part, first, ck_input_values(&task->next, thread), &task->forwarding);
}

void ck_first_layer(ck_team *team, ck_layer *layer, const ck_input *former, const ck_learning *learning,
                    const ck_deferred *last, const ck_input *next, const ck_forwarding *forwarding) {
  CK_EXPECT(ck_is_row_major(layer) && (learning || forwarding) && ck_is_deferred(last) && (!last || learning));
  CK_EXPECT(!learning || (ck_is_learning(layer, learning) && ck_is_input(layer, former)));
  CK_EXPECT(!forwarding || (ck_is_forwarding(layer, forwarding) && ck_is_input(layer, next) && former != next));
  ck_first_task task = {.layer = layer, .learns = learning != 0, .forwards = forwarding != 0};
  _Static_assert(sizeof task <= CK_CONTEXT_BYTES, "the task exceeds CK_CONTEXT_BYTES");
  task.slices = ck_slices_of(layer);
  if (learning) {
    task.learning = *learning;
    task.former = *former;
    task.has_zeros = ck_has_zeros(ck_input_values(former, 0), layer->inputs);
    ck_learn_biases(layer, learning);
  }
  if (forwarding) {
    task.forwarding = *forwarding;
    task.next = *next;
  }
  if (last) task.last = *last;
  task.sweeps = learning && forwarding && !forwarding->keeps && ck_can_sweep(layer, learning);
  // The direction alternates, because the end of the last sweep is still in the caches.
  const int backwards = (forwarding ? next : former)->row & 1;
  ck_team_run(team, ck_first_slice, &task, sizeof task, task.slices, backwards, last != 0);
}

typedef struct {
  long slices;
  const ck_layer *layer;
  const float *input;
  ck_forwarding forwarding;
} ck_forward_task;

static void ck_forward_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_forward_task *task = context;
  const long first = ck_first_row(task->layer, slice, task->slices);
  const ck_layer part = ck_rows_of(task->layer, first, ck_first_row(task->layer, slice + 1, task->slices));
  ck_fetch(task->input, task->layer->inputs);
  ck_forward_part(&part, first, task->input, &task->forwarding);
}

void ck_forward_slices(ck_team *team, const ck_layer *layer, const float *input, const ck_forwarding *forwarding) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_place(input, layer->inputs) && ck_is_forwarding(layer, forwarding));
  const ck_forward_task task = {ck_slices_of(layer), layer, input, *forwarding};
  ck_team_run(team, ck_forward_slice, &task, sizeof task, task.slices, 1, 0);
}

typedef struct {
  long slices;
  const ck_layer *layer;
  float *belows;
  const float *input;
  int has_zeros;
  ck_learning learning;
} ck_learn_task;

static void ck_learn_slice(const void *context, long slice, long thread) {
  (void)thread;
  const ck_learn_task *task = context;
  const long first = ck_first_row(task->layer, slice, task->slices);
  ck_layer part = ck_rows_of(task->layer, first, ck_first_row(task->layer, slice + 1, task->slices));
  float *below = task->belows + slice * task->layer->stride;
  ck_fetch(task->learning.errors, task->layer->rows);
  ck_own(below, task->layer->inputs * (long)sizeof(float));
  memset(below, 0, (unsigned long)task->layer->inputs * sizeof(float));
  ck_learn_part(&part, first, below, task->input, task->has_zeros, &task->learning);
}

static void ck_finish_share(const void *context, long first, long end) {
  const ck_learn_task *task = context;
  ck_add_tree(task->belows, task->layer->stride, task->layer->inputs, first, end, 1);
}

void ck_learn_slices(ck_team *team, long slices, ck_layer *layer, float *below, float *belows, const float *input,
                     const ck_learning *learning) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_learning(layer, learning) && ck_is_power_of_two(slices));
  CK_EXPECT(ck_is_place(input, layer->inputs) && ck_is_place(below, layer->inputs) &&
            ck_is_place(belows, slices * layer->stride));
  CK_EXPECT(ck_is_apart(below, layer->inputs, belows, slices * layer->stride) &&
            ck_is_apart(belows, slices * layer->stride, input, layer->inputs));
  const ck_learn_task task = {slices, layer, belows, input, ck_has_zeros(input, layer->inputs), *learning};
  ck_learn_biases(layer, learning);
  const long share = ck_team_share(team, ck_learn_slice, ck_finish_share, &task, sizeof task, slices, 0, 0);
  ck_add_tree(belows, layer->stride, layer->inputs, 0, slices, share);
  memcpy(below, belows, (unsigned long)layer->inputs * sizeof(float));
}

CK_CLONES void ck_below_row(float *below, const ck_layer *layer, const float *errors) {
  CK_EXPECT(ck_is_row_major(layer) && ck_is_place(errors, layer->rows) && ck_is_place(below, layer->inputs));
  CK_EXPECT(ck_is_apart(below, layer->inputs, errors, layer->rows));
  memset(below, 0, (unsigned long)layer->inputs * sizeof(float));
  for (long row = 0; row < layer->rows; row++)
    if (errors[row] != 0) ck_propagate(below, layer->weights + row * layer->stride, errors[row], layer->inputs);
}
