// Layers cut into slices of rows.
#ifndef CK_SLICES_H
#define CK_SLICES_H

#include "CKernels.h"
#include "net.h"

enum {
  CK_MOST_SLICES = 16,
  CK_LEAST_SLICE_ROWS = 4,
  /// Layers of at least so many rows are cut at groups of CK_NET_ROWS.
  CK_LEAST_GROUPED_ROWS = 128,
  CK_FLOATS_PER_LINE = 16
};

/// Into how many slices a layer is cut where no number depends on it: enough for threads to help each other out.
static inline long ck_slices_of(const ck_layer *layer) {
  const long slices = layer->rows / CK_LEAST_SLICE_ROWS;
  return slices < 1 ? 1 : slices > CK_MOST_SLICES ? CK_MOST_SLICES : slices;
}

/// Where a slice begins: in large layers at a group of rows that the forward pass takes together. Whole cache lines of
/// what there is per row would keep threads from writing the same line, but cost more in uneven shares (200 rows become
/// 96 and 104) than the one line between two threads does.
static inline long ck_first_row(const ck_layer *layer, long slice, long slices) {
  const long row = slice * layer->rows / slices;
  if (slice == slices || layer->rows < CK_LEAST_GROUPED_ROWS) return row;
  return (row + CK_NET_ROWS / 2) / CK_NET_ROWS * CK_NET_ROWS;
}

/// The rows of a row-major layer from `first` to before `end` as a layer of their own.
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

/// Fetches numbers that another core has just written, all at a time instead of one after the other.
static inline void ck_fetch(const float *numbers, long count) {
  for (long i = 0; i < count; i += CK_FLOATS_PER_LINE) __builtin_prefetch(numbers + i);
}

/// values = (bytes - subtract) * multiply
void ck_unpack(float *restrict values, const uint8_t *bytes, const float *subtract, const float *multiply, long count);

/// The step of a layer that was put off.
void ck_learn_deferred(const ck_deferred *deferred);

/// sum [count] += part [count]
void ck_add(float *sum, const float *part, long count);

/// Adds up the shares of `first` to before `end` into the first, in pairs, pairs of pairs and so on, beginning with pairs
/// that are `width` apart. Shares of a power of two, starting at a multiple of it, give a knot of one and the same tree,
/// whoever adds them up.
void ck_add_tree(float *shares, long stride, long count, long first, long end, long width);

#endif
