// Products of layers with rows of bytes that are listed without their zeros.
#ifndef CK_LISTED_H
#define CK_LISTED_H

#include "CKernels.h"

/// Lists the bytes of a row that are not zero.
void ck_list_row(const ck_listed_rows *rows, const uint8_t *bytes, long row);

/// Lists, for each input of a block, the rows in which it is not zero. All rows have been listed.
void ck_list_inputs(const ck_listed_rows *rows, long block);

/// nets [count x net_stride] = inputs times the transposed weights, plus bias; in whole vectors.
void ck_listed_nets(float *nets, const ck_layer *layer, const ck_listed_rows *rows, long net_stride);

/// gradients [rows of the layer x its stride] = transposed errors [count x error_stride] times inputs. `error_sums` are the
/// sums of the columns of the errors. Both have whole vectors.
void ck_listed_gradients(float *gradients, const ck_layer *layer, const float *errors, const float *error_sums,
                         const ck_listed_rows *rows, long error_stride);

#endif
