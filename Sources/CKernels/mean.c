// Model averaging: the mean of copies of a network, and whether copies of different machines are comparable.

#include "CKernels.h"
#include "clones.h"
#include "doors.h"

enum {
  /// The numbers that are summed before they are written, few enough for the L1 cache.
  CK_BLOCK = 1024
};

int ck_processor_level(void) {
#if defined(__x86_64__) && defined(__linux__)
  return __builtin_cpu_supports("x86-64-v4") ? 4 : __builtin_cpu_supports("x86-64-v3") ? 3 : 1;
#else
  return 0;
#endif
}

CK_CLONES void ck_mean(float *const *targets, long target_count, const float *const *sources, long source_count,
                       long count) {
  CK_EXPECT(targets && sources && target_count >= 0 && source_count > 0 && count >= 0);
  const float share = 1.0f / (float)source_count;
  float sums[CK_BLOCK];
  for (long start = 0; start < count; start += CK_BLOCK) {
    const long size = start + CK_BLOCK <= count ? CK_BLOCK : count - start;
    for (long i = 0; i < size; i++) sums[i] = sources[0][start + i];
    for (long source = 1; source < source_count; source++)
      for (long i = 0; i < size; i++) sums[i] += sources[source][start + i];
    for (long target = 0; target < target_count; target++)
      for (long i = 0; i < size; i++) targets[target][start + i] = sums[i] * share;
  }
}
