// Sums of shares, in an order that does not depend on which thread adds them.

#include "CKernels.h"
#include "clones.h"
#include "slices.h"

CK_CLONES void ck_add(float *sum, const float *part, long count) {
  for (long i = 0; i < count; i++) sum[i] += part[i];
}

void ck_add_tree(float *shares, long stride, long count, long first, long end, long width) {
  for (; width < end - first; width *= 2)
    for (long share = first; share + width < end; share += 2 * width)
      ck_add(shares + share * stride, shares + (share + width) * stride, count);
}
