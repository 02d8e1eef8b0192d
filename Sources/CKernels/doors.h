// The preconditions of the kernels: checked in debug builds, where
// CK_CHECKS is defined; not compiled in release builds.
#ifndef CK_DOORS_H
#define CK_DOORS_H

#include "CKernels.h"

#ifdef CK_CHECKS

#include "clones.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/// Aborts the program if a precondition does not hold.
#define CK_EXPECT(claim) ((claim) ? (void)0 : ck_refuse(__FILE__, __LINE__, __func__, #claim))

static inline void ck_refuse(const char *file, int line, const char *function, const char *claim) {
  fprintf(stderr, "%s:%d: %s: precondition failed: %s\n", file, line, function, claim);
  abort();
}

/// Returns whether the pointer is valid and aligned for `count` numbers.
static inline int ck_is_place(const void *numbers, long count) {
  return count == 0 || (count > 0 && numbers && (uintptr_t)numbers % sizeof(float) == 0);
}

/// Returns whether two arrays of floats do not overlap.
static inline int ck_is_apart(const float *a, long a_count, const float *b, long b_count) {
  return !a || !b || a + a_count <= b || b + b_count <= a;
}

/// Returns the distance from the first number to past the last of `rows` rows of `width` numbers each.
static inline long ck_extent(long rows, long width, long stride) { return rows > 0 ? (rows - 1) * stride + width : 0; }

static inline int ck_is_stride(long stride, long count) { return stride % 16 == 0 && stride >= count; }

static inline int ck_is_power_of_two(long count) { return count > 0 && (count & (count - 1)) == 0; }

/// Returns whether the padding of each of `rows` rows, from `count` up to whole vectors, is zero.
static inline int ck_ends_in_zeros(const float *numbers, long rows, long count, long stride) {
  for (long row = 0; row < rows; row++)
    for (long i = count; i < ck_padded(count); i++)
      if (numbers[row * stride + i] != 0) return 0;
  return 1;
}

/// Returns whether a layer of `lines` lines with `count` weights each is aligned to cache lines.
static inline int ck_is_layer(const ck_layer *layer, long lines, long count) {
  return layer && layer->rows >= 0 && layer->inputs >= 0 && ck_is_stride(layer->stride, count) &&
         ck_is_place(layer->weights, lines * count) && (uintptr_t)layer->weights % 64 == 0 &&
         ck_is_place(layer->bias, layer->rows) && !layer->consensus == !layer->bias_consensus;
}

static inline int ck_is_row_major(const ck_layer *layer) {
  return layer && ck_is_layer(layer, layer->rows, layer->inputs);
}

static inline int ck_is_column_major(const ck_layer *layer) {
  return layer && ck_is_layer(layer, layer->inputs, layer->rows);
}

/// Returns whether a layer has the optimizer state of an update rule with 0, 1 or 2 numbers per weight.
static inline int ck_remembers(const ck_layer *layer, int memories) {
  return (memories < 1 || (layer->memory && layer->bias_memory && layer->memory != layer->weights)) &&
         (memories < 2 || (layer->squares && layer->bias_squares && layer->squares != layer->memory));
}

/// Returns whether a row of inputs fits the layer; the padding of inputs
/// and weights must be zero, so that it adds nothing.
static inline int ck_fits_input(const ck_layer *layer, const float *input) {
  return ck_is_place(input, layer->inputs) && ck_ends_in_zeros(input, 1, layer->inputs, 0) &&
         ck_ends_in_zeros(layer->weights, layer->rows, layer->inputs, layer->stride);
}

/// Returns whether all `count` indices are inputs of the layer.
static inline int ck_names_inputs(const ck_layer *layer, const int32_t *indices, long count) {
  if (!ck_is_place(indices, count)) return 0;
  for (long k = 0; k < count; k++)
    if (indices[k] < 0 || indices[k] >= layer->inputs) return 0;
  return 1;
}

static inline int ck_is_adadelta(const ck_adadelta *rule) {
  return rule && rule->rho >= 0 && rule->rho < 1 && rule->epsilon >= 1e-18f;
}

static inline int ck_is_adam(const ck_adam *rule) {
  return rule && rule->rate >= 0 && rule->bias_rate >= 0 && rule->beta1 >= 0 && rule->beta1 < 1 && rule->beta2 >= 0 &&
         rule->beta2 < 1 && rule->epsilon > 0 && rule->correction1 >= 1 && rule->correction2 >= 1;
}

static inline int ck_is_momentum(const ck_momentum *rule) {
  return rule && !isnan(rule->rate) && !isnan(rule->momentum);
}

/// Returns whether every term of a cost is at least 0; loops over the terms like ck_has_cost.
static inline int ck_is_cost(const ck_weight_cost *cost) {
  const float *terms = (const float *)cost;
  for (unsigned long i = 0; i < sizeof *cost / sizeof *terms; i++)
    if (!(terms[i] >= 0)) return 0;
  return 1;
}

static inline int ck_is_penalty(const ck_penalty *penalty) {
  return penalty && ck_is_cost(&penalty->cost) && penalty->max_squared_sum > 0 && !isnan(penalty->elastic);
}

static inline int ck_is_learning(const ck_layer *layer, const ck_learning *learning) {
  return learning && ck_is_place(learning->errors, layer->rows) && ck_is_penalty(&learning->penalty) &&
         (learning->adam ? ck_is_adam(learning->adam) && ck_remembers(layer, 2)
          : learning->is_adaptive
            ? ck_is_adadelta(&learning->adadelta) && ck_remembers(layer, 2)
            : ck_is_momentum(&learning->momentum) && ck_remembers(layer, learning->momentum.remembers ? 1 : 0));
}

static inline int ck_is_forwarding(const ck_layer *layer, const ck_forwarding *forwarding) {
  return forwarding && ck_is_place(forwarding->nets, layer->rows) && forwarding->activation <= CK_MISH &&
         (!forwarding->activates ||
          (forwarding->activation != CK_MAXOUT && ck_is_place(forwarding->outputs, layer->rows)));
}

static inline int ck_is_input(const ck_layer *layer, const ck_input *input) {
  return input && ck_is_place(input->values, layer->inputs) &&
         (!input->bytes || (input->count <= layer->inputs && ck_is_stride(input->value_stride, input->count) &&
                            ck_is_place(input->subtract, input->count) && ck_is_place(input->multiply, input->count) &&
                            ck_is_place(input->unpacked, 1)));
}

static inline int ck_is_deferred(const ck_deferred *last) {
  return !last || (ck_is_row_major(last->layer) && ck_is_place(last->input, last->layer->inputs) &&
                   ck_is_learning(last->layer, &last->learning));
}

static inline int ck_is_listed(const ck_listed_rows *rows) {
  return rows && rows->count >= 0 && rows->inputs >= 0 && rows->input_stride >= rows->count &&
         ck_is_place(rows->subtract, rows->inputs) && ck_is_place(rows->multiply, rows->inputs) && rows->row_entries &&
         rows->row_starts && rows->input_entries && rows->input_starts;
}

static inline int ck_is_batch(const ck_layer *layer, const ck_batch *batch) {
  return batch && batch->count >= 0 && ck_is_stride(batch->net_stride, layer->rows) &&
         (batch->listed ? ck_is_listed(batch->listed) && batch->listed->count == batch->count &&
                            batch->listed->inputs == layer->inputs
                        : ck_is_stride(batch->input_stride, layer->inputs) &&
                            ck_is_place(batch->inputs, batch->count * layer->inputs));
}

#else
#define CK_EXPECT(claim) ((void)0)
#endif

#endif
