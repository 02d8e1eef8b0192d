// Products for mini-batches of bytes that are mostly zero; they skip the zeros.
//
// An input is (byte - subtract) * multiply, so a weight contributes byte * (multiply * weight) to a net; the
// sum of the subtractions is the same for every row and is added once. The gradient of a weight is multiply *
// (sum of byte * error - subtract * sum of error). Where zeros prevail, subtract * multiply is small (a mean
// below a standard deviation), so these differences lose no precision.
//
// As in block.c, the order of summation of a number does not depend on its position.

#include "listed.h"

#include "clones.h"
#include "doors.h"
#include "panel.h"

#pragma clang fp reassociate(off)

enum {
  /// The vectors of sums: twelve of the 16 registers of AVX2, where a vector takes two.
  CK_MOST_LANES = 6,
  CK_WORD = 8
};

/// Appends the nonzero bytes among `count` bytes from `input` on, without branches, which would be unpredictable.
CK_INLINE long ck_list_bytes(ck_entry *entries, long filled, const uint8_t *bytes, long input, long count) {
  for (long i = input; i < input + count; i++) {
    entries[filled] = (ck_entry){bytes[i], (int32_t)(i % CK_LISTED_BLOCK)};
    filled += bytes[i] != 0;
  }
  return filled;
}

void ck_list_row(const ck_listed_rows *rows, const uint8_t *bytes, long row) {
  CK_EXPECT(ck_is_listed(rows) && bytes && row >= 0 && row < rows->count);
  const long blocks = ck_listed_blocks(rows->inputs);
  ck_entry *entries = rows->row_entries + row * rows->inputs;
  int32_t *starts = rows->row_starts + row * (blocks + 1);
  long filled = 0;
  starts[0] = 0;
  for (long block = 0; block < blocks; block++) {
    const long end = (block + 1) * CK_LISTED_BLOCK;
    long input = block * CK_LISTED_BLOCK;
    for (; input + CK_WORD <= end && input + CK_WORD <= rows->inputs; input += CK_WORD) {
      uint64_t word;
      memcpy(&word, bytes + input, sizeof word);
      if (word != 0) filled = ck_list_bytes(entries, filled, bytes, input, CK_WORD);
    }
    if (input < end) filled = ck_list_bytes(entries, filled, bytes, input, rows->inputs - input);
    starts[block + 1] = (int32_t)filled;
  }
}

void ck_list_inputs(const ck_listed_rows *rows, long block) {
  CK_EXPECT(ck_is_listed(rows) && block >= 0 && block < ck_listed_blocks(rows->inputs));
  const long blocks = ck_listed_blocks(rows->inputs), row_blocks = ck_listed_blocks(rows->count);
  const long first = block * CK_LISTED_BLOCK;
  const long inputs = rows->inputs - first < CK_LISTED_BLOCK ? rows->inputs - first : CK_LISTED_BLOCK;
  int32_t *starts = rows->input_starts + first * (row_blocks + 1);
  // An input has room for one entry per row. Its entries arrive in the order of the rows, so the start of each block of
  // rows is known as it is reached.
  int32_t filled[CK_LISTED_BLOCK] = {0};
  for (long row = 0; row < rows->count; row++) {
    if (row % CK_LISTED_BLOCK == 0)
      for (long input = 0; input < inputs; input++)
        starts[input * (row_blocks + 1) + row / CK_LISTED_BLOCK] = filled[input];
    const ck_entry *entries = rows->row_entries + row * rows->inputs;
    const int32_t *row_starts = rows->row_starts + row * (blocks + 1) + block;
    for (long i = row_starts[0]; i < row_starts[1]; i++) {
      const long input = entries[i].place;
      rows->input_entries[(first + input) * rows->input_stride + filled[input]++] =
        (ck_entry){entries[i].value, (int32_t)(row % CK_LISTED_BLOCK)};
    }
  }
  for (long input = 0; input < inputs; input++) starts[input * (row_blocks + 1) + row_blocks] = filled[input];
}

/// Adds value * right [place] of each entry to sums [lanes].
CK_INLINE void ck_add_entries(ck_lanes *sums, const ck_entry *entries, long count, const float *right,
                              long right_stride, const int lanes) {
  for (long i = 0; i < count; i++) {
    const float *numbers = right + entries[i].place * right_stride;
    CK_UNROLL for (int v = 0; v < lanes; v++) sums[v] += entries[i].value * *(const ck_lanes *)(numbers + v * CK_LANES);
  }
}

/// Copies the weights of a block of inputs, transposed and scaled, and computes the subtractions for every net.
CK_INLINE void ck_scaled_panel(float *panel, ck_lanes *shift, const ck_layer *layer, const ck_listed_rows *rows,
                               long first, long column, const int lanes) {
  const ck_right right = {layer->weights, layer->stride, 1};
  const long inputs = rows->inputs - first < CK_LISTED_BLOCK ? rows->inputs - first : CK_LISTED_BLOCK;
  // Weights behind the last input are zero up to the next vector.
  ck_copy_panel(panel, &right, first, ck_padded(inputs), column, layer->rows, lanes);
  CK_UNROLL for (int v = 0; v < lanes; v++) shift[v] = 0;
  for (long k = 0; k < inputs; k++) CK_UNROLL for (int v = 0; v < lanes; v++) {
      ck_lanes *weights = (ck_lanes *)(panel + (k * lanes + v) * CK_LANES);
      *weights *= rows->multiply[first + k];
      shift[v] -= rows->subtract[first + k] * *weights;
    }
}

CK_INLINE void ck_listed_nets_panel(float *nets, const ck_layer *layer, const ck_listed_rows *rows, long net_stride,
                                    long column, const int lanes) {
  float panel[CK_LISTED_BLOCK * CK_MOST_LANES * CK_LANES] __attribute__((aligned(64)));
  const long blocks = ck_listed_blocks(rows->inputs);
  for (long block = 0; block < blocks; block++) {
    ck_lanes shift[CK_MOST_LANES];
    ck_scaled_panel(panel, shift, layer, rows, block * CK_LISTED_BLOCK, column, lanes);
    for (long row = 0; row < rows->count; row++) {
      float *net = nets + row * net_stride + column;
      const float *former = block == 0 ? layer->bias + column : net;
      ck_lanes sums[CK_MOST_LANES];
      CK_UNROLL for (int v = 0; v < lanes; v++) sums[v] = *(const ck_lanes *)(former + v * CK_LANES) + shift[v];
      const int32_t *starts = rows->row_starts + row * (blocks + 1) + block;
      ck_add_entries(sums, rows->row_entries + row * rows->inputs + starts[0], starts[1] - starts[0], panel,
                     lanes * CK_LANES, lanes);
      CK_UNROLL for (int v = 0; v < lanes; v++) * (ck_lanes *)(net + v * CK_LANES) = sums[v];
    }
  }
}

/// Transposes sums [inputs x lanes] into gradients [rows of the layer x stride] of a block of inputs.
CK_INLINE void ck_store_gradients(float *gradients, const ck_layer *layer, const float *sums, long first, long inputs,
                                  long column, const int lanes) {
  const ck_right right = {sums, lanes * CK_LANES, 1};
  const long units = layer->rows - column < lanes * CK_LANES ? layer->rows - column : lanes * CK_LANES;
  float block[CK_LANES * CK_LANES] __attribute__((aligned(64)));
  for (long input = 0; input < inputs; input += CK_LANES)
    for (int v = 0; v < lanes; v++) {
      ck_copy_panel(block, &right, v * CK_LANES, CK_LANES, input, inputs, 1);
      const long rows = units - v * CK_LANES < CK_LANES ? units - v * CK_LANES : CK_LANES;
      for (long row = 0; row < rows; row++)
        *(ck_lanes *)(gradients + (column + v * CK_LANES + row) * layer->stride + first + input) =
          *(const ck_lanes *)(block + row * CK_LANES);
    }
}

CK_INLINE void ck_listed_gradients_panel(float *gradients, const ck_layer *layer, const float *errors,
                                         const float *error_sums, const ck_listed_rows *rows, long error_stride,
                                         long column, const int lanes) {
  float sums[CK_LISTED_BLOCK * CK_MOST_LANES * CK_LANES] __attribute__((aligned(64)));
  const long row_blocks = ck_listed_blocks(rows->count), width = lanes * CK_LANES;
  for (long first = 0; first < rows->inputs; first += CK_LISTED_BLOCK) {
    const long inputs = rows->inputs - first < CK_LISTED_BLOCK ? rows->inputs - first : CK_LISTED_BLOCK;
    memset(sums, 0, (unsigned long)(inputs * width) * sizeof(float));
    for (long block = 0; block < row_blocks; block++)
      for (long input = 0; input < inputs; input++) {
        const int32_t *starts = rows->input_starts + (first + input) * (row_blocks + 1) + block;
        if (starts[0] == starts[1]) continue;
        ck_lanes *sum = (ck_lanes *)(sums + input * width), parts[CK_MOST_LANES];
        CK_UNROLL for (int v = 0; v < lanes; v++) parts[v] = sum[v];
        ck_add_entries(parts, rows->input_entries + (first + input) * rows->input_stride + starts[0],
                       starts[1] - starts[0], errors + block * CK_LISTED_BLOCK * error_stride + column, error_stride,
                       lanes);
        CK_UNROLL for (int v = 0; v < lanes; v++) sum[v] = parts[v];
      }
    for (long input = 0; input < inputs; input++) CK_UNROLL for (int v = 0; v < lanes; v++) {
        ck_lanes *sum = (ck_lanes *)(sums + input * width) + v;
        *sum = rows->multiply[first + input] *
               (*sum - rows->subtract[first + input] * *(const ck_lanes *)(error_sums + column + v * CK_LANES));
      }
    ck_store_gradients(gradients, layer, sums, first, inputs, column, lanes);
  }
}

/// A product that is computed panel by panel.
typedef struct {
  float *results;
  const ck_layer *layer;
  const ck_listed_rows *rows;
  /// The errors, for gradients; null for nets.
  const float *errors;
  const float *error_sums;
  long stride;
} ck_listed_work;

CK_INLINE void ck_listed_panel(const ck_listed_work *work, long column, const int lanes) {
  if (work->errors)
    ck_listed_gradients_panel(work->results, work->layer, work->errors, work->error_sums, work->rows, work->stride,
                              column, lanes);
  else
    ck_listed_nets_panel(work->results, work->layer, work->rows, work->stride, column, lanes);
}

/// Computes the whole product, in panels that are as even as possible.
CK_CLONES static void ck_do_listed(const ck_listed_work *work) {
  const long vectors = ck_padded(work->layer->rows) / CK_LANES, panels = (vectors + CK_MOST_LANES - 1) / CK_MOST_LANES;
  for (long number = 0; number < panels; number++) {
    const long first = number * vectors / panels, lanes = (number + 1) * vectors / panels - first;
    const long column = first * CK_LANES;
    switch (lanes) {
      case 1: ck_listed_panel(work, column, 1); break;
      case 2: ck_listed_panel(work, column, 2); break;
      case 3: ck_listed_panel(work, column, 3); break;
      case 4: ck_listed_panel(work, column, 4); break;
      case 5: ck_listed_panel(work, column, 5); break;
      default: ck_listed_panel(work, column, 6);
    }
  }
}

void ck_listed_nets(float *nets, const ck_layer *layer, const ck_listed_rows *rows, long net_stride) {
  CK_EXPECT(ck_is_listed(rows) && layer && layer->inputs == rows->inputs && ck_is_stride(net_stride, layer->rows));
  CK_EXPECT(ck_is_place(nets, rows->count * layer->rows));
  const ck_listed_work work = {nets, layer, rows, 0, 0, net_stride};
  ck_do_listed(&work);
}

void ck_listed_gradients(float *gradients, const ck_layer *layer, const float *errors, const float *error_sums,
                         const ck_listed_rows *rows, long error_stride) {
  CK_EXPECT(ck_is_listed(rows) && layer && layer->inputs == rows->inputs && ck_is_stride(error_stride, layer->rows));
  CK_EXPECT(ck_is_place(gradients, layer->rows * layer->inputs) && ck_is_place(errors, rows->count * layer->rows) &&
            error_sums);
  const ck_listed_work work = {gradients, layer, rows, errors, error_sums, error_stride};
  ck_do_listed(&work);
}
