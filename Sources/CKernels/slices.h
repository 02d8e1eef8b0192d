// Layers cut into slices of rows.
#ifndef CK_SLICES_H
#define CK_SLICES_H

#include "CKernels.h"
#include "net.h"

enum {
  CK_MOST_SLICES = 16,
  CK_LEAST_SLICE_ROWS = 4,
  /// Layers of at least this many rows are cut at groups of CK_NET_ROWS.
  CK_LEAST_GROUPED_ROWS = 128,
  CK_FLOATS_PER_LINE = 16
};

/// Returns the number of slices of a layer where no result depends on it: enough for threads to steal from each other.
static inline long ck_slices_of(const ck_layer *layer) {
  const long slices = layer->rows / CK_LEAST_SLICE_ROWS;
  return slices < 1 ? 1 : slices > CK_MOST_SLICES ? CK_MOST_SLICES : slices;
}

/// Returns the first row of a slice; in large layers it is the start of a
/// group that the forward pass computes together.
///
/// Slices of whole cache lines would avoid false sharing of the numbers per row. But uneven slices (200
/// rows become 96 and 104) cost more than the one line that two threads share.
static inline long ck_first_row(const ck_layer *layer, long slice, long slices) {
  const long row = slice * layer->rows / slices;
  if (slice == slices || layer->rows < CK_LEAST_GROUPED_ROWS) return row;
  return (row + CK_NET_ROWS / 2) / CK_NET_ROWS * CK_NET_ROWS;
}

/// Returns rows `first` to `end` - 1 of a row-major layer as a layer.
static inline ck_layer ck_rows_of(const ck_layer *layer, long first, long end) {
  const long offset = first * layer->stride;
  ck_layer part = *layer;
  part.weights += offset;
  if (part.memory) part.memory += offset;
  if (part.squares) part.squares += offset;
  if (part.consensus) part.consensus += offset;
  part.bias += first;
  if (part.bias_memory) part.bias_memory += first;
  if (part.bias_squares) part.bias_squares += first;
  if (part.bias_consensus) part.bias_consensus += first;
  part.rows = end - first;
  return part;
}

/// Prefetches numbers that another core has just written, all at once instead of one line after the other.
static inline void ck_fetch(const float *numbers, long count) {
  for (long i = 0; i < count; i += CK_FLOATS_PER_LINE) __builtin_prefetch(numbers + i);
}

/// values = (bytes - subtract) * multiply
void ck_unpack(float *restrict values, const uint8_t *bytes, const float *subtract, const float *multiply, long count);

/// Applies a deferred update.
void ck_learn_deferred(const ck_deferred *deferred);

/// sum [count] += part [count]
void ck_add(float *sum, const float *part, long count);

/// Adds shares `first` to `end` - 1 into the first of them as a binary tree: pairs, pairs of pairs
/// and so on, starting with pairs `width` apart. A power of two of shares that starts at a multiple
/// of it is a node of the same tree, whichever thread adds it up.
void ck_add_tree(float *shares, long stride, long count, long first, long end, long width);

#endif
