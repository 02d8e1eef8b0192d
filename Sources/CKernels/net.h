// Net inputs of a layer for one row.
#ifndef CK_NET_H
#define CK_NET_H

#include "CKernels.h"
#include "clones.h"
#include "lanes.h"

/// The rows of a layer that share the loads of the input.
enum { CK_NET_ROWS = 4 };

/// Rows of a layer that are computed together.
typedef struct {
  long rows[CK_NET_ROWS];
  int count;
} ck_net_group;

/// net[row] = weights[row] * input + bias[row] for `count` rows at any positions. The order of
/// summation of a row is the same for every count, and the same as in ck_adadelta_sweep.
CK_INLINE void ck_net_of_rows(float *net, const ck_layer *layer, const float *input, const long *rows,
                              const int count) {
#pragma clang fp reassociate(off)
  const long width = ck_padded(layer->inputs);
  const float *weights[CK_NET_ROWS];
  ck_lanes sums[CK_NET_ROWS] = {{0}};
  CK_UNROLL for (int k = 0; k < count; k++) weights[k] = layer->weights + rows[k] * layer->stride;
  for (long i = 0; i < width; i += CK_LANES)
    CK_UNROLL for (int k = 0; k < count; k++) sums[k] +=
      *(const ck_lanes *)(weights[k] + i) * *(const ck_lanes *)(input + i);
  CK_UNROLL for (int k = 0; k < count; k++) net[rows[k]] = ck_sum_of_lanes(&sums[k]) + layer->bias[rows[k]];
}

/// Adds a row to a group, and computes the group when it is complete.
CK_INLINE void ck_net_add(ck_net_group *group, float *net, const ck_layer *layer, const float *input, long row) {
  group->rows[group->count++] = row;
  if (group->count < CK_NET_ROWS) return;
  ck_net_of_rows(net, layer, input, group->rows, CK_NET_ROWS);
  group->count = 0;
}

/// Computes the rows that are left in a group.
CK_INLINE void ck_net_end(const ck_net_group *group, float *net, const ck_layer *layer, const float *input) {
  for (int k = 0; k < group->count; k++) ck_net_of_rows(net, layer, input, group->rows + k, 1);
}

#endif
