// Net inputs of a layer: matrix times vector, the forward pass of one row.

#include "CKernels.h"
#include "clones.h"

#include <string.h>

CK_CLONES void ck_net_rows(float *net, const ck_layer *layer, const float *input, const uint8_t *keeps) {
  const long inputs = ck_padded(layer->inputs), stride = layer->stride, rows = layer->rows;
  const float *weights = layer->weights;
  long row = 0;
  if (!keeps) {
    // Four rows at a time share the loads of the input.
    for (; row + 4 <= rows; row += 4) {
      const float *w0 = weights + row * stride, *w1 = w0 + stride, *w2 = w1 + stride, *w3 = w2 + stride;
      float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (long i = 0; i < inputs; i++) {
        const float x = input[i];
        s0 += w0[i] * x;
        s1 += w1[i] * x;
        s2 += w2[i] * x;
        s3 += w3[i] * x;
      }
      net[row] = s0 + layer->bias[row];
      net[row + 1] = s1 + layer->bias[row + 1];
      net[row + 2] = s2 + layer->bias[row + 2];
      net[row + 3] = s3 + layer->bias[row + 3];
    }
  }
  for (; row < rows; row++) {
    if (keeps && !keeps[row]) {
      net[row] = 0;
      continue;
    }
    const float *w = weights + row * stride;
    float sum = 0;
    for (long i = 0; i < inputs; i++) sum += w[i] * input[i];
    net[row] = sum + layer->bias[row];
  }
}

CK_CLONES void ck_net_columns(
  float *net, const ck_layer *layer, const int32_t *indices, const float *values, long count) {
  const long rows = layer->rows, width = ck_padded(rows), stride = layer->stride;
  memcpy(net, layer->bias, (unsigned long)rows * sizeof(float));
  for (long k = 0; k < count; k++) {
    const float *w = layer->weights + (long)indices[k] * stride;
    const float x = values[k];
    for (long row = 0; row < width; row++) net[row] += w[row] * x;
  }
}
