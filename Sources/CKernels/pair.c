// The first two layers of a network with at least two hidden layers, partitioned by the units
// between them. A thread that owns a unit has all that it needs to learn from a row and to
// compute the next one, so threads synchronise once per row.
//
// The lower layer is row-major and the upper one column-major: each has one row of weights
// per unit in between. The shares of the upper net inputs are summed by slices of units, and
// these in a tree, so that results do not depend on threads.

#include "CKernels.h"
#include "adadelta.h"
#include "clones.h"
#include "doors.h"
#include "slices.h"

#include <string.h>

enum {
  /// The vectors of sums that stay in registers.
  CK_MOST_NET_VECTORS = 6,
  /// The units that are searched for nonzero outputs at a time.
  CK_UNIT_BLOCK = 64
};

typedef struct {
  ck_pair pair;
  int learns;
  int forwards;
  int has_zeros;
  ck_learning learning;
  ck_input former;
  ck_input next;
  ck_deferred last;
} ck_pair_task;

/// Updates the weights of one unit's outgoing connections with ADADELTA for input `x`, if `moves`; weights to units
/// without error do not change. Returns the sum of errors * weights before the update.
CK_INLINE float ck_learn_from_unit(float *restrict w, float *restrict d, float *restrict q,
                                   const float *restrict errors, long width, float x, float rho, float epsilon,
                                   const int moves) {
#pragma clang fp reassociate(off)
  const float root = sqrtf(1 - rho), scaled_input = x * root, back = 1 / root;
  ck_lanes sums = {0};
  for (long i = 0; i < width; i += CK_LANES) {
    const ck_lanes error = *(const ck_lanes *)(errors + i), weight = *(const ck_lanes *)(w + i);
    sums += error * weight;
    if (!moves) continue;
    const ck_lanes h = scaled_input * error, keep = error == 0 ? (ck_lanes)1 : (ck_lanes)rho;
    ck_lanes moved;
    ck_adadelta_lanes(w + i, d + i, q + i, &moved, &weight, &h, &keep, back, epsilon);
  }
  return ck_sum_of_lanes(&sums);
}

/// The units of a block with nonzero outputs, collected once, because an
/// unpredictable branch per unit would cost more than it saves.
typedef struct {
  long units[CK_UNIT_BLOCK];
  long count;
} ck_active_units;

CK_INLINE void ck_find_active(ck_active_units *active, const float *outputs, long first, long end) {
  active->count = 0;
  for (long unit = first; unit < end; unit++) {
    active->units[active->count] = unit;
    active->count += outputs[unit] != 0;
  }
}

CK_INLINE long ck_block_end(long first, long end) { return first + CK_UNIT_BLOCK < end ? first + CK_UNIT_BLOCK : end; }

/// Updates the upper layer's weights from the units `first` to `end` - 1; below [units] = dE/doutput of these units.
/// `skips_idle`: units whose output is zero have no error.
CK_CLONES static void ck_learn_upper(float *below, ck_layer *upper, const float *outputs, const float *errors,
                                     long first, long end, ck_adadelta rule, int skips_idle) {
  const long width = ck_padded(upper->rows), stride = upper->stride;
  float *w = upper->weights, *d = upper->memory, *q = upper->squares;
  for (long block = first; block < end; block = ck_block_end(block, end)) {
    const long block_end = ck_block_end(block, end);
    ck_active_units active;
    ck_find_active(&active, outputs, block, block_end);
    for (long unit = block; unit < block_end; unit++)
      below[unit] = skips_idle || outputs[unit] != 0
                      ? 0
                      : ck_learn_from_unit(w + unit * stride, 0, 0, errors, width, 0, rule.rho, rule.epsilon, 0);
    for (long k = 0; k < active.count; k++) {
      const long unit = active.units[k], offset = unit * stride;
      below[unit] =
        ck_learn_from_unit(w + offset, d + offset, q + offset, errors, width, outputs[unit], rule.rho, rule.epsilon, 1);
    }
  }
}

/// Computes `vectors` times 16 of the net inputs from the active units of a block.
CK_INLINE void ck_net_panel(float *nets, const float *weights, long stride, const float *outputs,
                            const ck_active_units *active, int adds, const int vectors) {
#pragma clang fp reassociate(off)
  ck_lanes sums[CK_MOST_NET_VECTORS] = {{0}};
  if (adds) CK_UNROLL for (int v = 0; v < vectors; v++) sums[v] = *(const ck_lanes *)(nets + v * CK_LANES);
  for (long k = 0; k < active->count; k++) {
    const long unit = active->units[k];
    CK_UNROLL for (int v = 0; v < vectors; v++) sums[v] +=
      outputs[unit] * *(const ck_lanes *)(weights + unit * stride + v * CK_LANES);
  }
  CK_UNROLL for (int v = 0; v < vectors; v++) * (ck_lanes *)(nets + v * CK_LANES) = sums[v];
}

/// nets [upper rows] = the sum over the units `first` to `end` - 1 of output * weights.
CK_CLONES static void ck_net_from_units(float *nets, const ck_layer *upper, const float *outputs, long first,
                                        long end) {
  const long vectors = ck_padded(upper->rows) / CK_LANES, stride = upper->stride;
  const long panels = (vectors + CK_MOST_NET_VECTORS - 1) / CK_MOST_NET_VECTORS;
  for (long block = first; block < end; block = ck_block_end(block, end)) {
    ck_active_units active;
    ck_find_active(&active, outputs, block, ck_block_end(block, end));
    for (long panel = 0; panel < panels; panel++) {
      const long vector = panel * vectors / panels, column = vector * CK_LANES;
      float *sums = nets + column;
      const float *weights = upper->weights + column;
      const int adds = block > first;
      switch ((panel + 1) * vectors / panels - vector) {
        case 6: ck_net_panel(sums, weights, stride, outputs, &active, adds, 6); break;
        case 5: ck_net_panel(sums, weights, stride, outputs, &active, adds, 5); break;
        case 4: ck_net_panel(sums, weights, stride, outputs, &active, adds, 4); break;
        case 3: ck_net_panel(sums, weights, stride, outputs, &active, adds, 3); break;
        case 2: ck_net_panel(sums, weights, stride, outputs, &active, adds, 2); break;
        default: ck_net_panel(sums, weights, stride, outputs, &active, adds, 1);
      }
    }
  }
}

/// Does the work that belongs to no slice: the biases of the upper layer, and the layer whose update was deferred.
static void ck_learn_beside(const ck_pair_task *task) {
  ck_adadelta_biases(task->pair.upper, &task->learning);
  if (task->last.layer) ck_learn_deferred(&task->last);
}

static void ck_pair_slice(const void *context, long slice, long thread) {
  const ck_pair_task *task = context;
  const ck_pair *pair = &task->pair;
  if (slice == pair->slices) return ck_learn_beside(task);
  const ck_forwarding *forwarding = &pair->forwarding;
  const long first = ck_first_row(pair->lower, slice, pair->slices);
  ck_layer part = ck_rows_of(pair->lower, first, ck_first_row(pair->lower, slice + 1, pair->slices));
  const long end = first + part.rows;
  float *upper_nets = pair->nets_by_slice + slice * pair->upper->stride;
  if (task->forwards) ck_own(upper_nets, pair->upper->stride * (long)sizeof(float));
  ck_learning learning = task->learning;
  learning.errors = pair->lower_errors + first;
  if (task->learns) {
    float *errors = pair->lower_errors + first;
    ck_fetch(task->learning.errors, pair->upper->rows);
    ck_learn_upper(pair->lower_errors, pair->upper, forwarding->outputs, task->learning.errors, first, end,
                   learning.adadelta, forwarding->activation == CK_RECTIFIER);
    ck_local_errors(errors, errors, forwarding->outputs + first, forwarding->nets + first, 0, 0, part.rows,
                    forwarding->activation);
    ck_adadelta_biases(&part, &learning);
  }
  float *nets = forwarding->nets + first;
  if (task->learns && task->forwards)
    ck_adadelta_sweep(&part, nets, learning.errors, ck_input_values(&task->former, thread), task->has_zeros,
                      ck_input_values(&task->next, thread), &learning.adadelta, &learning.penalty);
  else if (task->learns)
    ck_adadelta_rows(&part, 0, learning.errors, ck_input_values(&task->former, thread), task->has_zeros, 0,
                     &learning.adadelta, &learning.penalty);
  else
    ck_net_rows(nets, &part, ck_input_values(&task->next, thread), 0);
  if (!task->forwards) return;
  ck_activate(forwarding->outputs + first, 0, nets, part.rows, forwarding->activation);
  ck_net_from_units(upper_nets, pair->upper, forwarding->outputs, first, end);
}

static void ck_finish_pair(const void *context, long first, long end) {
  const ck_pair_task *task = context;
  const long stride = task->pair.upper->stride;
  if (task->forwards) ck_add_tree(task->pair.nets_by_slice, stride, stride, first, end, 1);
}

void ck_run_pair(ck_team *team, const ck_pair *pair, const ck_input *former, const ck_learning *learning,
                 const ck_deferred *last, const ck_input *next, float *nets) {
  CK_EXPECT(pair && ck_is_row_major(pair->lower) && ck_is_column_major(pair->upper) &&
            pair->upper->inputs == pair->lower->rows);
  CK_EXPECT(ck_is_power_of_two(pair->slices) && ck_is_forwarding(pair->lower, &pair->forwarding) &&
            pair->forwarding.activates);
  CK_EXPECT(ck_is_place(pair->lower_errors, pair->lower->rows) &&
            ck_is_place(pair->nets_by_slice, pair->slices * pair->upper->stride));
  CK_EXPECT((learning || next) && ck_is_deferred(last) && (!last || learning) && former != next);
  CK_EXPECT(!learning ||
            (ck_is_learning(pair->upper, learning) && ck_can_sweep(pair->upper, learning) && !pair->lower->consensus));
  CK_EXPECT(!learning || ((learning->penalty.skips_zero_inputs && learning->penalty.skips_zero_errors) &&
                          ck_is_input(pair->lower, former)));
  CK_EXPECT(!next || (ck_is_input(pair->lower, next) && ck_is_place(nets, pair->upper->rows)));
  ck_pair_task task = {.pair = *pair, .learns = learning != 0, .forwards = next != 0};
  _Static_assert(sizeof task <= CK_CONTEXT_BYTES, "the task exceeds CK_CONTEXT_BYTES");
  if (learning) {
    task.learning = *learning;
    task.former = *former;
    task.has_zeros = ck_has_zeros(ck_input_values(former, 0), pair->lower->inputs);
  }
  if (next) task.next = *next;
  if (last) task.last = *last;
  // The direction alternates, because the end of the last sweep is still in the caches.
  const int backwards = (next ? next : former)->row & 1;
  const long share =
    ck_team_share(team, ck_pair_slice, ck_finish_pair, &task, sizeof task, pair->slices, backwards, task.learns);
  if (!next) return;
  const long stride = pair->upper->stride;
  ck_add_tree(pair->nets_by_slice, stride, stride, 0, pair->slices, share);
  memcpy(nets, pair->upper->bias, (unsigned long)pair->upper->rows * sizeof(float));
  ck_add(nets, pair->nets_by_slice, pair->upper->rows);
}
