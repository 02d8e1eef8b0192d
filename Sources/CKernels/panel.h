// Panels: a few vectors of columns of a matrix, copied to contiguous memory. Rows that are kilobytes apart would evict
// each other from the cache.
#ifndef CK_PANEL_H
#define CK_PANEL_H

#include "clones.h"
#include "lanes.h"

#include <string.h>

enum {
  /// The size of a panel: half of a small L1 cache.
  CK_PANEL_FLOATS = 4096,
  CK_QUAD = 4
};

/// The right operand of a product: number (k, column) is numbers[k * stride + column], or if it is transposed
/// numbers[column * stride + k], whose rows are then read in whole vectors.
typedef struct {
  const float *numbers;
  long stride;
  int is_transposed;
} ck_right;

typedef float ck_quad __attribute__((ext_vector_type(CK_QUAD), aligned(4), may_alias));

/// Returns the rows of a panel of `lanes` vectors: a multiple of a vector, so that transposition can fill it.
CK_INLINE long ck_panel_height(int lanes) { return CK_PANEL_FLOATS / (lanes * CK_LANES) / CK_LANES * CK_LANES; }

/// Loads four numbers each of rows 0, 4, 8 and 12.
CK_INLINE void ck_take_quads(ck_lanes *quads, const float *numbers, long stride) {
  const ck_quad a = *(const ck_quad *)numbers, b = *(const ck_quad *)(numbers + 4 * stride);
  const ck_quad c = *(const ck_quad *)(numbers + 8 * stride), d = *(const ck_quad *)(numbers + 12 * stride);
  *quads = __builtin_shufflevector(__builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7),
                                   __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
                                   10, 11, 12, 13, 14, 15);
}

/// Transposes four columns of 16 rows into four vectors, `distance` apart;
/// each quarter of a register transposes 4 x 4 numbers.
CK_INLINE void ck_transpose_quad(float *target, long distance, const float *numbers, long stride) {
  ck_lanes a, b, c, d;
  ck_take_quads(&a, numbers, stride);
  ck_take_quads(&b, numbers + stride, stride);
  ck_take_quads(&c, numbers + 2 * stride, stride);
  ck_take_quads(&d, numbers + 3 * stride, stride);
#define CK_LOWER(x, y) __builtin_shufflevector(x, y, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define CK_UPPER(x, y) __builtin_shufflevector(x, y, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define CK_FIRST_PAIRS(x, y) __builtin_shufflevector(x, y, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define CK_SECOND_PAIRS(x, y) __builtin_shufflevector(x, y, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
  const ck_lanes ab = CK_LOWER(a, b), cd = CK_LOWER(c, d), AB = CK_UPPER(a, b), CD = CK_UPPER(c, d);
  *(ck_lanes *)target = CK_FIRST_PAIRS(ab, cd);
  *(ck_lanes *)(target + distance) = CK_SECOND_PAIRS(ab, cd);
  *(ck_lanes *)(target + 2 * distance) = CK_FIRST_PAIRS(AB, CD);
  *(ck_lanes *)(target + 3 * distance) = CK_SECOND_PAIRS(AB, CD);
#undef CK_LOWER
#undef CK_UPPER
#undef CK_FIRST_PAIRS
#undef CK_SECOND_PAIRS
}

/// Copies rows `first` to `first + height` - 1 of the columns from `column` on: panel [height x 16 lanes]. Columns from
/// `width` on become zero if the matrix is transposed; otherwise they must exist.
CK_INLINE void ck_copy_panel(float *panel, const ck_right *right, long first, long height, long column, long width,
                             const int lanes) {
  const long distance = lanes * CK_LANES;
  if (!right->is_transposed) {
    const float *numbers = right->numbers + first * right->stride + column;
    for (long k = 0; k < height; k++)
      memcpy(panel + k * distance, numbers + k * right->stride, (unsigned long)distance * sizeof(float));
    return;
  }
  for (int v = 0; v < lanes; v++) {
    const long start = column + v * CK_LANES;
    const float *numbers = right->numbers + start * right->stride + first;
    float *target = panel + v * CK_LANES;
    if (start + CK_LANES <= width) {
      for (long k = 0; k < height; k += CK_QUAD)
        ck_transpose_quad(target + k * distance, distance, numbers + k, right->stride);
      continue;
    }
    for (long k = 0; k < height; k++)
      for (int lane = 0; lane < CK_LANES; lane++)
        target[k * distance + lane] = start + lane < width ? numbers[lane * right->stride + k] : 0;
  }
}

#endif
