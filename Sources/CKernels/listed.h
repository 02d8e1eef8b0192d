// Products of layers with packed rows that are listed without their zeros.
#ifndef CK_LISTED_H
#define CK_LISTED_H

#include "CKernels.h"

/// Lists the nonzero bytes of a row.
void ck_list_row(const ck_listed_rows *rows, const uint8_t *bytes, long row);

/// Lists, for each input of a block, the rows in which it is nonzero. All rows must be listed first.
void ck_list_inputs(const ck_listed_rows *rows, long block);

/// nets [count x net_stride] = inputs times the transposed weights, plus bias; in whole vectors.
void ck_listed_nets(float *nets, const ck_layer *layer, const ck_listed_rows *rows, long net_stride);

/// gradients [rows of the layer x its stride] = transposed errors [count x error_stride] times inputs.
/// `error_sums` holds the column sums of the errors. Both are padded to whole vectors.
void ck_listed_gradients(float *gradients, const ck_layer *layer, const float *errors, const float *error_sums,
                         const ck_listed_rows *rows, long error_stride);

#endif
