// The forward pass of one row: the product of a matrix and a vector.

#include "net.h"

#include "doors.h"

CK_CLONES void ck_net_rows(float *net, const ck_layer *layer, const float *input, const uint8_t *keeps) {
  CK_EXPECT(ck_is_row_major(layer) && ck_fits_input(layer, input));
  CK_EXPECT(ck_is_place(net, layer->rows) && ck_is_apart(net, layer->rows, input, layer->inputs));
  ck_net_group group = {.count = 0};
  for (long row = 0; row < layer->rows; row++) {
    if (keeps && !keeps[row])
      net[row] = 0;
    else
      ck_net_add(&group, net, layer, input, row);
  }
  ck_net_end(&group, net, layer, input);
}

CK_CLONES void ck_net_columns(float *net, const ck_layer *layer, const int32_t *indices, const float *values,
                              long count) {
  CK_EXPECT(ck_is_column_major(layer) && ck_names_inputs(layer, indices, count));
  CK_EXPECT(ck_is_place(net, ck_padded(layer->rows)) && ck_is_place(values, count));
  const long rows = layer->rows, width = ck_padded(rows), stride = layer->stride;
  memcpy(net, layer->bias, (unsigned long)rows * sizeof(float));
  for (long k = 0; k < count; k++) {
    const float *w = layer->weights + (long)indices[k] * stride;
    const float x = values[k];
    for (long row = 0; row < width; row++) net[row] += w[row] * x;
  }
}
