// Products of matrices for mini-batches: a tile of the result stays in registers while the inner index runs.

#include "CKernels.h"
#include "clones.h"

#include <string.h>

enum {
  /// Rows and columns of the tile of a product whose rows both run along the inner index.
  CK_DOT = 4,
  /// Rows and singles of the tile of a product that broadcasts one side: four vectors of AVX-512.
  CK_TILE_ROWS = 4,
  CK_TILE = 64
};

CK_CLONES void ck_net_block(
  float *nets, const ck_layer *layer, const float *inputs, long count, long net_stride, long input_stride) {
  const long width = layer->inputs, stride = layer->stride, rows = layer->rows;
  for (long row = 0; row < rows; row += CK_DOT) {
    const long row_end = row + CK_DOT <= rows ? CK_DOT : rows - row;
    for (long sample = 0; sample < count; sample += CK_DOT) {
      const long sample_end = sample + CK_DOT <= count ? CK_DOT : count - sample;
      float sums[CK_DOT][CK_DOT] = {{0}};
      if (row_end == CK_DOT && sample_end == CK_DOT) {
        const float *w = layer->weights + row * stride, *x = inputs + sample * input_stride;
        float s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
        float s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0;
        for (long i = 0; i < width; i++) {
          const float w0 = w[i], w1 = w[stride + i], w2 = w[2 * stride + i], w3 = w[3 * stride + i];
          const float x0 = x[i], x1 = x[input_stride + i], x2 = x[2 * input_stride + i], x3 = x[3 * input_stride + i];
          s00 += x0 * w0; s01 += x0 * w1; s02 += x0 * w2; s03 += x0 * w3;
          s10 += x1 * w0; s11 += x1 * w1; s12 += x1 * w2; s13 += x1 * w3;
          s20 += x2 * w0; s21 += x2 * w1; s22 += x2 * w2; s23 += x2 * w3;
          s30 += x3 * w0; s31 += x3 * w1; s32 += x3 * w2; s33 += x3 * w3;
        }
        const float all[CK_DOT][CK_DOT] = {
          {s00, s01, s02, s03}, {s10, s11, s12, s13}, {s20, s21, s22, s23}, {s30, s31, s32, s33}};
        memcpy(sums, all, sizeof sums);
      } else {
        for (long s = 0; s < sample_end; s++)
          for (long r = 0; r < row_end; r++) {
            const float *w = layer->weights + (row + r) * stride, *x = inputs + (sample + s) * input_stride;
            float sum = 0;
            for (long i = 0; i < width; i++) sum += w[i] * x[i];
            sums[s][r] = sum;
          }
      }
      for (long s = 0; s < sample_end; s++)
        for (long r = 0; r < row_end; r++) nets[(sample + s) * net_stride + row + r] = sums[s][r] + layer->bias[row + r];
    }
  }
}

/// result [rows x width] (+)= sum over k of left(k, row) * right[k x right_stride]; left(k, row) stands at
/// left[k * left_outer + row * left_inner].
static inline __attribute__((always_inline)) void ck_broadcast_product(
  float *result, const float *left, const float *right, long inner, long rows, long width, long result_stride,
  long left_outer, long left_inner, long right_stride) {
  for (long column = 0; column < width; column += CK_TILE) {
    const long columns = column + CK_TILE <= width ? CK_TILE : width - column;
    for (long row = 0; row < rows; row += CK_TILE_ROWS) {
      const long tile_rows = row + CK_TILE_ROWS <= rows ? CK_TILE_ROWS : rows - row;
      float sums[CK_TILE_ROWS][CK_TILE] = {{0}};
      if (columns == CK_TILE && tile_rows == CK_TILE_ROWS) {
        for (long k = 0; k < inner; k++) {
          const float *r = right + k * right_stride + column, *l = left + k * left_outer + row * left_inner;
          const float l0 = l[0], l1 = l[left_inner], l2 = l[2 * left_inner], l3 = l[3 * left_inner];
          for (long i = 0; i < CK_TILE; i++) {
            sums[0][i] += l0 * r[i];
            sums[1][i] += l1 * r[i];
            sums[2][i] += l2 * r[i];
            sums[3][i] += l3 * r[i];
          }
        }
      } else {
        for (long k = 0; k < inner; k++) {
          const float *r = right + k * right_stride + column, *l = left + k * left_outer + row * left_inner;
          for (long j = 0; j < tile_rows; j++) {
            const float factor = l[j * left_inner];
            for (long i = 0; i < columns; i++) sums[j][i] += factor * r[i];
          }
        }
      }
      for (long j = 0; j < tile_rows; j++)
        memcpy(result + (row + j) * result_stride + column, sums[j], (unsigned long)columns * sizeof(float));
    }
  }
}

CK_CLONES void ck_outer_sum(
  float *sums, const float *left, const float *right, long count, long outer, long inner, long sum_stride,
  long left_stride, long right_stride) {
  ck_broadcast_product(sums, left, right, count, outer, inner, sum_stride, left_stride, 1, right_stride);
}

CK_CLONES void ck_below_block(
  float *below, const ck_layer *layer, const float *errors, long count, long below_stride, long error_stride) {
  ck_broadcast_product(
    below, errors, layer->weights, layer->rows, count, layer->inputs, below_stride, 1, error_stride, layer->stride);
}
