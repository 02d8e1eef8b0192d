// Matrix products for mini-batches: a tile of the result stays in registers while the inner index runs.
//
// The order of summation of a result does not depend on its position, so that threads may share results in any way.
// Therefore operations must not be reordered, and tiles at the edges compute as whole tiles do.

#include "CKernels.h"
#include "clones.h"
#include "doors.h"
#include "panel.h"

#pragma clang fp reassociate(off)

enum {
  /// The largest number of vectors per panel: with the tiles below, sums and operands fill the
  /// 32 registers of AVX-512, or the 16 of AVX2, where a vector takes two.
  CK_WIDE_PANEL = 4,
  CK_NARROW_PANEL = 1,
  CK_MOST_TILE_ROWS = 12
};

/// A product: results [rows x width] = starts + the sum over k of left(k, row) * right(k, column), in whole vectors.
typedef struct {
  float *results;
  long result_stride;
  /// left(k, row) is left[k * left_outer + row * left_inner].
  const float *left;
  long left_outer;
  long left_inner;
  ck_right right;
  /// The initial values of the columns' sums, [width]; null for zeros.
  const float *starts;
  long inner;
  long rows;
  long width;
} ck_product;

/// Adds the inner indices `first` to `first + height` - 1 to some rows of a panel of the result.
CK_INLINE void ck_product_tile(const ck_product *product, const float *panel, long row, long column, long first,
                               long height, const int rows, const int lanes) {
  ck_lanes sums[CK_MOST_TILE_ROWS][CK_WIDE_PANEL] = {{{0}}};
  float *results = product->results + row * product->result_stride + column;
  if (first > 0)
    CK_UNROLL for (int r = 0; r < rows; r++) CK_UNROLL for (int v = 0; v < lanes; v++) sums[r][v] =
      *(const ck_lanes *)(results + r * product->result_stride + v * CK_LANES);
  else if (product->starts)
    CK_UNROLL for (int r = 0; r < rows; r++) CK_UNROLL for (int v = 0; v < lanes; v++) sums[r][v] =
      *(const ck_lanes *)(product->starts + column + v * CK_LANES);
  const long outer = product->left_outer, inner = product->left_inner;
  const float *left = product->left + first * outer + row * inner;
  for (long k = 0; k < height; k++, left += outer, panel += lanes * CK_LANES)
    CK_UNROLL for (int r = 0; r < rows; r++) CK_UNROLL for (int v = 0; v < lanes; v++) sums[r][v] +=
      left[r * inner] * *(const ck_lanes *)(panel + v * CK_LANES);
  CK_UNROLL for (int r = 0; r < rows; r++) CK_UNROLL for (int v = 0; v < lanes; v++) *
    (ck_lanes *)(results + r * product->result_stride + v * CK_LANES) = sums[r][v];
}

/// Computes `lanes` vectors of columns, in tiles of at most `tile` rows.
CK_INLINE void ck_product_panel(const ck_product *product, long column, const int lanes, const int tile) {
  float panel[CK_PANEL_FLOATS] __attribute__((aligned(64)));
  const long block = ck_panel_height(lanes);
  for (long first = 0; first < product->inner; first += block) {
    const long height = first + block < product->inner ? block : product->inner - first;
    ck_copy_panel(panel, &product->right, first, height, column, product->width, lanes);
    long row = 0;
    for (; row + tile <= product->rows; row += tile)
      ck_product_tile(product, panel, row, column, first, height, tile, lanes);
    if (tile > 6 && row + 6 <= product->rows) {
      ck_product_tile(product, panel, row, column, first, height, 6, lanes);
      row += 6;
    }
    for (; row + 2 <= product->rows; row += 2) ck_product_tile(product, panel, row, column, first, height, 2, lanes);
    if (row < product->rows) ck_product_tile(product, panel, row, column, first, height, 1, lanes);
  }
}

/// Computes the whole product, in panels of at most `most` vectors that are as even as possible.
CK_INLINE void ck_make_product(const ck_product *product, const int most) {
  const long vectors = ck_padded(product->width) / CK_LANES, panels = (vectors + most - 1) / most;
  for (long number = 0; number < panels; number++) {
    const long first = number * vectors / panels;
    const long column = first * CK_LANES, lanes = (number + 1) * vectors / panels - first;
    if (most == CK_NARROW_PANEL)
      ck_product_panel(product, column, 1, 6);
    else if (lanes == 4)
      ck_product_panel(product, column, 4, 6);
    else if (lanes == 3)
      ck_product_panel(product, column, 3, 8);
    else if (lanes == 2)
      ck_product_panel(product, column, 2, 12);
    else
      ck_product_panel(product, column, 1, 12);
  }
}

#ifdef CK_WIDE_CLONES
CK_WIDE_CLONES static void ck_make_product_wide(const ck_product *product) { ck_make_product(product, CK_WIDE_PANEL); }
#endif

CK_NARROW_CLONES static void ck_make_product_narrow(const ck_product *product) {
  ck_make_product(product, CK_NARROW_PANEL);
}

void ck_net_block(float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride,
                  long input_stride) {
  CK_EXPECT(ck_is_row_major(layer) && count >= 0 && ck_is_stride(net_stride, layer->rows) &&
            ck_is_stride(input_stride, layer->inputs));
  CK_EXPECT(ck_is_place(nets, count * layer->rows) && ck_is_place(inputs, count * layer->inputs));
  CK_EXPECT(ck_is_apart(nets, ck_extent(count, ck_padded(layer->rows), net_stride), inputs,
                        ck_extent(count, layer->inputs, input_stride)));
  const ck_product product = {
    nets,        net_stride,    inputs, 1,          input_stride, {layer->weights, layer->stride, 1},
    layer->bias, layer->inputs, count,  layer->rows};
  CK_CHOOSE(ck_make_product)(&product);
}

void ck_outer_sum(float *sums, const float *left, const float *right, long count, long outer, long inner,
                  long sum_stride, long left_stride, long right_stride) {
  CK_EXPECT(count >= 0 && ck_is_stride(sum_stride, inner) && ck_is_stride(right_stride, inner) &&
            ck_is_stride(left_stride, outer));
  CK_EXPECT(ck_is_place(sums, outer * inner) && ck_is_place(left, count * outer) && ck_is_place(right, count * inner));
  const ck_product product = {sums, sum_stride, left, left_stride, 1, {right, right_stride, 0}, 0, count, outer, inner};
  CK_CHOOSE(ck_make_product)(&product);
}

void ck_below_block(float *below, const ck_layer *layer, const float *errors, long count, long below_stride,
                    long error_stride) {
  CK_EXPECT(layer && count >= 0 && ck_is_stride(below_stride, layer->inputs) &&
            ck_is_stride(error_stride, layer->rows));
  CK_EXPECT(ck_is_place(layer->weights, layer->rows * layer->inputs) && ck_is_stride(layer->stride, layer->inputs));
  CK_EXPECT(ck_is_place(below, count * layer->inputs) && ck_is_place(errors, count * layer->rows));
  const ck_product product = {
    below,       below_stride, errors,       1, error_stride, {layer->weights, layer->stride, 0}, 0,
    layer->rows, count,        layer->inputs};
  CK_CHOOSE(ck_make_product)(&product);
}
