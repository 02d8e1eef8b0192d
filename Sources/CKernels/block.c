// Products of matrices for mini-batches: a tile of the result stays in registers while the inner index runs.
//
// A number of a result is added up in the same order wherever it stands, so that threads may share results as they like:
// nothing here may be reordered, and tiles at the edges do what whole tiles do.

#include "CKernels.h"
#include "clones.h"
#include "lanes.h"

#include <string.h>

#pragma clang fp reassociate(off)

enum {
  /// Rows of inputs that stay in the second-level cache while the weights pass by.
  CK_BLOCK_SAMPLES = 16,
  /// The largest tiles: sums and operands fill the 32 registers of AVX-512.
  CK_MOST_SAMPLES = 4,
  CK_MOST_DOT_ROWS = 4,
  CK_MOST_PANEL_LANES = 4,
  CK_PANEL_TILE_ROWS = 6,
  /// What a copied panel takes: half of a first-level cache.
  CK_PANEL_FLOATS = 4096
};

/// nets [samples x rows] = inputs times the transposed weights, plus bias; rows of both run along the inner index.
CK_INLINE void ck_dot_tile(
  float *nets, const float *weights, const float *bias, const float *inputs, long width, long net_stride, long stride,
  long input_stride, const int samples, const int rows) {
  ck_lanes sums[CK_MOST_SAMPLES][CK_MOST_DOT_ROWS] = {{{0}}};
  for (long i = 0; i < width; i += CK_LANES) {
    CK_UNROLL for (int sample = 0; sample < samples; sample++) {
      const ck_lanes x = *(const ck_lanes *)(inputs + sample * input_stride + i);
      CK_UNROLL for (int row = 0; row < rows; row++)
        sums[sample][row] += x * *(const ck_lanes *)(weights + row * stride + i);
    }
  }
  CK_UNROLL for (int sample = 0; sample < samples; sample++)
    CK_UNROLL for (int row = 0; row < rows; row++)
      nets[sample * net_stride + row] = ck_sum_of_lanes(&sums[sample][row]) + bias[row];
}

/// Some rows of a layer for some samples, in tiles of `samples` x `rows`.
CK_INLINE void ck_dot_rows(
  float *nets, const ck_layer *layer, long row, const float *inputs, long count, long net_stride, long input_stride,
  const int samples, const int rows) {
  const float *weights = layer->weights + row * layer->stride, *bias = layer->bias + row;
  const long width = ck_padded(layer->inputs);
  long sample = 0;
  for (; sample + samples <= count; sample += samples)
    ck_dot_tile(nets + sample * net_stride + row, weights, bias, inputs + sample * input_stride, width, net_stride,
                layer->stride, input_stride, samples, rows);
  for (; sample < count; sample++)
    ck_dot_tile(nets + sample * net_stride + row, weights, bias, inputs + sample * input_stride, width, net_stride,
                layer->stride, input_stride, 1, rows);
}

CK_INLINE void ck_net_tiles(
  float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride, long input_stride,
  const int samples, const int rows) {
  for (long first = 0; first < count; first += CK_BLOCK_SAMPLES) {
    const long block = first + CK_BLOCK_SAMPLES < count ? CK_BLOCK_SAMPLES : count - first;
    float *net = nets + first * net_stride;
    const float *input = inputs + first * input_stride;
    long row = 0;
    for (; row + rows <= layer->rows; row += rows)
      ck_dot_rows(net, layer, row, input, block, net_stride, input_stride, samples, rows);
    for (; row < layer->rows; row++)
      ck_dot_rows(net, layer, row, input, block, net_stride, input_stride, samples, 1);
  }
}

/// results [rows x panel] = former results, if `adds`, plus the sum over k of left(k, row) * panel[k].
CK_INLINE void ck_panel_tile(
  float *results, const float *left, const float *panel, long inner, long result_stride, long left_outer,
  long left_inner, int adds, const int rows, const int lanes) {
  ck_lanes sums[CK_PANEL_TILE_ROWS][CK_MOST_PANEL_LANES] = {{{0}}};
  if (adds)
    CK_UNROLL for (int row = 0; row < rows; row++)
      CK_UNROLL for (int v = 0; v < lanes; v++)
        sums[row][v] = *(const ck_lanes *)(results + row * result_stride + v * CK_LANES);
  for (long k = 0; k < inner; k++) {
    const float *l = left + k * left_outer, *r = panel + k * lanes * CK_LANES;
    CK_UNROLL for (int row = 0; row < rows; row++)
      CK_UNROLL for (int v = 0; v < lanes; v++)
        sums[row][v] += l[row * left_inner] * *(const ck_lanes *)(r + v * CK_LANES);
  }
  CK_UNROLL for (int row = 0; row < rows; row++)
    CK_UNROLL for (int v = 0; v < lanes; v++)
      *(ck_lanes *)(results + row * result_stride + v * CK_LANES) = sums[row][v];
}

/// `lanes` times 16 columns of ck_product.
CK_INLINE void ck_panel_product(
  float *results, const float *left, const float *right, long inner, long rows, long result_stride, long left_outer,
  long left_inner, long right_stride, const int lanes) {
  float panel[CK_PANEL_FLOATS] __attribute__((aligned(64)));
  const long block = CK_PANEL_FLOATS / (lanes * CK_LANES);
  for (long first = 0; first < inner; first += block) {
    const long height = first + block < inner ? block : inner - first;
    // A copy, because rows that are kilobytes apart would drive each other out of the cache.
    for (long k = 0; k < height; k++)
      memcpy(panel + k * lanes * CK_LANES, right + (first + k) * right_stride,
             (unsigned long)lanes * CK_LANES * sizeof(float));
    const float *l = left + first * left_outer;
    long row = 0;
    for (; row + CK_PANEL_TILE_ROWS <= rows; row += CK_PANEL_TILE_ROWS)
      ck_panel_tile(results + row * result_stride, l + row * left_inner, panel, height, result_stride, left_outer,
                    left_inner, first > 0, CK_PANEL_TILE_ROWS, lanes);
    for (; row + 2 <= rows; row += 2)
      ck_panel_tile(results + row * result_stride, l + row * left_inner, panel, height, result_stride, left_outer,
                    left_inner, first > 0, 2, lanes);
    if (row < rows)
      ck_panel_tile(results + row * result_stride, l + row * left_inner, panel, height, result_stride, left_outer,
                    left_inner, first > 0, 1, lanes);
  }
}

/// results [rows x width] = sum over k of left(k, row) * right[k x right_stride]; left(k, row) stands at
/// left[k * left_outer + row * left_inner]. In panels of `lanes` times 16 columns.
CK_INLINE void ck_product(
  float *results, const float *left, const float *right, long inner, long rows, long width, long result_stride,
  long left_outer, long left_inner, long right_stride, const int lanes) {
  const long padded = ck_padded(width);
  long column = 0;
  for (; column + lanes * CK_LANES <= padded; column += lanes * CK_LANES)
    ck_panel_product(results + column, left, right + column, inner, rows, result_stride, left_outer, left_inner,
                     right_stride, lanes);
  for (; column < padded; column += CK_LANES)
    ck_panel_product(results + column, left, right + column, inner, rows, result_stride, left_outer, left_inner,
                     right_stride, 1);
}

// The same for 32 registers of AVX-512, for 16 of AVX2 and for the baseline.

#define CK_OUTER(lanes) \
  ck_product(sums, left, right, count, outer, inner, sum_stride, left_stride, 1, right_stride, lanes)
#define CK_BELOW(lanes) \
  ck_product(below, errors, layer->weights, layer->rows, count, layer->inputs, below_stride, 1, error_stride, \
             layer->stride, lanes)

#ifdef CK_WIDE_CLONES
CK_WIDE_CLONES static void ck_net_block_wide(
  float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride, long input_stride) {
  ck_net_tiles(nets, layer, inputs, count, net_stride, input_stride, 4, 4);
}

CK_WIDE_CLONES static void ck_outer_sum_wide(
  float *sums, const float *left, const float *right, long count, long outer, long inner, long sum_stride,
  long left_stride, long right_stride) {
  CK_OUTER(4);
}

CK_WIDE_CLONES static void ck_below_block_wide(
  float *below, const ck_layer *layer, const float *errors, long count, long below_stride, long error_stride) {
  CK_BELOW(4);
}
#endif

CK_NARROW_CLONES static void ck_net_block_narrow(
  float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride, long input_stride) {
  ck_net_tiles(nets, layer, inputs, count, net_stride, input_stride, 2, 3);
}

CK_NARROW_CLONES static void ck_outer_sum_narrow(
  float *sums, const float *left, const float *right, long count, long outer, long inner, long sum_stride,
  long left_stride, long right_stride) {
  CK_OUTER(1);
}

CK_NARROW_CLONES static void ck_below_block_narrow(
  float *below, const ck_layer *layer, const float *errors, long count, long below_stride, long error_stride) {
  CK_BELOW(1);
}

void ck_net_block(
  float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride, long input_stride) {
  CK_CHOOSE(ck_net_block)(nets, layer, inputs, count, net_stride, input_stride);
}

void ck_outer_sum(
  float *sums, const float *left, const float *right, long count, long outer, long inner, long sum_stride,
  long left_stride, long right_stride) {
  CK_CHOOSE(ck_outer_sum)(sums, left, right, count, outer, inner, sum_stride, left_stride, right_stride);
}

void ck_below_block(
  float *below, const ck_layer *layer, const float *errors, long count, long below_stride, long error_stride) {
  CK_CHOOSE(ck_below_block)(below, layer, errors, count, below_stride, error_stride);
}
