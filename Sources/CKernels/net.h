// Net inputs of single rows of a layer.
#ifndef CK_NET_H
#define CK_NET_H

#include "CKernels.h"
#include "clones.h"
#include "lanes.h"

/// Rows that share the loads of the input.
enum { CK_NET_ROWS = 4 };

/// Rows of a layer that are to be passed on together.
typedef struct {
  long rows[CK_NET_ROWS];
  int count;
} ck_net_group;

/// net[row] = weights[row] * input + bias[row] for `count` rows, wherever they stand. Each number is added up in the same
/// order for every count, and by whoever passes a row on (ck_adadelta_sweep).
CK_INLINE void ck_net_of_rows(float *net, const ck_layer *layer, const float *input, const long *rows, const int count) {
#pragma clang fp reassociate(off)
  const long width = ck_padded(layer->inputs);
  const float *weights[CK_NET_ROWS];
  ck_lanes sums[CK_NET_ROWS] = {{0}};
  CK_UNROLL for (int k = 0; k < count; k++) weights[k] = layer->weights + rows[k] * layer->stride;
  for (long i = 0; i < width; i += CK_LANES)
    CK_UNROLL for (int k = 0; k < count; k++)
      sums[k] += *(const ck_lanes *)(weights[k] + i) * *(const ck_lanes *)(input + i);
  CK_UNROLL for (int k = 0; k < count; k++) net[rows[k]] = ck_sum_of_lanes(&sums[k]) + layer->bias[rows[k]];
}

/// Adds a row to a group, and passes the group on when it is complete.
CK_INLINE void ck_net_add(ck_net_group *group, float *net, const ck_layer *layer, const float *input, long row) {
  group->rows[group->count++] = row;
  if (group->count < CK_NET_ROWS) return;
  ck_net_of_rows(net, layer, input, group->rows, CK_NET_ROWS);
  group->count = 0;
}

/// Passes on what is left of a group.
CK_INLINE void ck_net_end(const ck_net_group *group, float *net, const ck_layer *layer, const float *input) {
  for (int k = 0; k < group->count; k++) ck_net_of_rows(net, layer, input, group->rows + k, 1);
}

#endif
