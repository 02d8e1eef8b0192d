// Factors of the inputs of a network, for mini-batches.

#include "CKernels.h"
#include "clones.h"
#include "doors.h"

#include <string.h>

CK_CLONES void ck_scale_inputs(float *scaled, const float *inputs, const float *scales, long count, long width,
                               long stride) {
  CK_EXPECT(count >= 0 && ck_is_stride(stride, width) && ck_is_place(inputs, count * width) &&
            ck_is_place(scales, width) && ck_is_apart(scaled, count * stride, inputs, count * stride));
  for (long row = 0; row < count; row++)
    for (long i = 0; i < width; i++) scaled[row * stride + i] = inputs[row * stride + i] * scales[i];
}

CK_CLONES void ck_sum_products(float *sums, const float *left, const float *right, long count, long width,
                               long stride) {
  CK_EXPECT(count >= 0 && ck_is_stride(stride, width) && ck_is_place(left, count * width) &&
            ck_is_place(right, count * width) && ck_is_apart(sums, width, left, count * stride));
  memset(sums, 0, (unsigned long)width * sizeof(float));
  for (long row = 0; row < count; row++)
    for (long i = 0; i < width; i++) sums[i] += left[row * stride + i] * right[row * stride + i];
}
