// Layers cut into slices of rows, which a team shares. What is computed depends on the number of slices and never on
// the number of threads.

#include "CKernels.h"
#include "clones.h"
#include "slices.h"

#include <string.h>

enum { CK_FLOATS_PER_LINE = 16 };

static void ck_forward_part(
  const ck_layer *part, long first, const float *input, const ck_forwarding *forwarding) {
  float *nets = forwarding->nets + first;
  ck_own(nets, part->rows * (long)sizeof(float));
  if (forwarding->activates) ck_own(forwarding->outputs + first, part->rows * (long)sizeof(float));
  ck_net_rows(nets, part, input, forwarding->keeps ? forwarding->keeps + first : 0);
  if (forwarding->activates)
    ck_activate(forwarding->outputs + first, 0, nets, part->rows, forwarding->activation);
}

static void ck_learn_part(ck_layer *part, long first, float *below, const float *input, const ck_learning *learning) {
  const float *errors = learning->errors + first;
  const uint8_t *keeps = learning->keeps ? learning->keeps + first : 0;
  if (learning->is_adaptive)
    ck_adadelta_rows(part, below, errors, input, keeps, &learning->adadelta, &learning->penalty);
  else
    ck_momentum_rows(part, below, errors, input, keeps, &learning->momentum, &learning->penalty);
}

/// Fetches numbers that another core has just written, all at a time instead of one after the other.
static void ck_fetch(const float *numbers, long count) {
  for (long i = 0; i < count; i += CK_FLOATS_PER_LINE) __builtin_prefetch(numbers + i);
}

CK_CLONES void ck_unpack(
  float *restrict values, const uint8_t *bytes, const float *subtract, const float *multiply, long count) {
  for (long i = 0; i < count; i++) values[i] = ((float)bytes[i] - subtract[i]) * multiply[i];
}

const float *ck_input_values(const ck_input *input, long thread) {
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
  ck_learning learning;
  ck_forwarding forwarding;
  ck_input former;
  ck_input next;
} ck_first_task;

static void ck_first_slice(const void *context, long slice, long thread) {
  const ck_first_task *task = context;
  const long first = ck_first_row(task->layer, slice, task->slices);
  ck_layer part = ck_rows_of(task->layer, first, ck_first_row(task->layer, slice + 1, task->slices));
  if (task->learns) {
    ck_fetch(task->learning.errors, task->layer->rows);
    ck_learn_part(&part, first, 0, ck_input_values(&task->former, thread), &task->learning);
  }
  if (task->forwards) ck_forward_part(&part, first, ck_input_values(&task->next, thread), &task->forwarding);
}

void ck_first_layer(ck_team *team, long slices, ck_layer *layer, const ck_input *former, const ck_learning *learning,
                    const ck_input *next, const ck_forwarding *forwarding) {
  ck_first_task task = {.slices = slices, .layer = layer, .learns = learning != 0, .forwards = forwarding != 0};
  if (learning) {
    task.learning = *learning;
    task.former = *former;
  }
  if (forwarding) {
    task.forwarding = *forwarding;
    task.next = *next;
  }
  // To and fro, because what the last sweep has left in the caches is its end.
  ck_team_run(team, ck_first_slice, 0, &task, sizeof task, slices, (forwarding ? next : former)->row & 1);
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

void ck_forward_slices(
  ck_team *team, long slices, const ck_layer *layer, const float *input, const ck_forwarding *forwarding) {
  const ck_forward_task task = {slices, layer, input, *forwarding};
  ck_team_run(team, ck_forward_slice, 0, &task, sizeof task, slices, 1);
}

typedef struct {
  long slices;
  const ck_layer *layer;
  float *belows;
  const float *input;
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
  ck_learn_part(&part, first, below, task->input, &task->learning);
}

CK_CLONES static void ck_add(float *sum, const float *part, long count) {
  for (long i = 0; i < count; i++) sum[i] += part[i];
}

/// Adds up the shares of `first` to before `end` into the first, in pairs, pairs of pairs and so on. Shares of a power of
/// two, starting at a multiple of it, give a knot of one and the same tree, whoever adds them up.
static void ck_add_tree(float *shares, long stride, long count, long first, long end, long width) {
  for (; width < end - first; width *= 2)
    for (long share = first; share + width < end; share += 2 * width)
      ck_add(shares + share * stride, shares + (share + width) * stride, count);
}

static void ck_finish_share(const void *context, long first, long end) {
  const ck_learn_task *task = context;
  ck_add_tree(task->belows, task->layer->stride, task->layer->inputs, first, end, 1);
}

void ck_learn_slices(ck_team *team, long slices, ck_layer *layer, float *below, float *belows, const float *input,
                     const ck_learning *learning) {
  const ck_learn_task task = {slices, layer, belows, input, *learning};
  const long share = ck_team_run(team, ck_learn_slice, ck_finish_share, &task, sizeof task, slices, 0);
  ck_add_tree(belows, layer->stride, layer->inputs, 0, slices, share);
  memcpy(below, belows, (unsigned long)layer->inputs * sizeof(float));
}
