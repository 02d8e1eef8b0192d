// Vectors of sixteen floats: one register of AVX-512, two of AVX2, four of the baseline.
#ifndef CK_LANES_H
#define CK_LANES_H

#include <string.h>

#define CK_LANES 16

/// A cache line of floats. Passed by pointer only, because the calling convention of vectors depends on the processor.
typedef float ck_lanes __attribute__((ext_vector_type(CK_LANES), aligned(4), may_alias));

/// Unrolls a loop of a few iterations completely, so that its variables stay in registers.
#define CK_UNROLL _Pragma("clang loop unroll(full)")

/// For functions whose flags and sizes become constants at the call.
#define CK_INLINE static inline __attribute__((always_inline))

/// Returns the sum of the lanes, always in the same order.
CK_INLINE float ck_sum_of_lanes(const ck_lanes *lanes) {
#pragma clang fp reassociate(off)
  float sums[CK_LANES];
  memcpy(sums, lanes, sizeof sums);
  CK_UNROLL for (int half = CK_LANES / 2; half > 0; half /= 2) CK_UNROLL for (int lane = 0; lane < half; lane++)
    sums[lane] += sums[lane + half];
  return sums[0];
}

#endif
