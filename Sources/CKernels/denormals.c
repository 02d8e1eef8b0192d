// The treatment of denormal numbers as zero, set per thread.

#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

/// Flush to zero (bit 15) and denormals are zero (bit 6) of MXCSR; Intel SDM volume 1, 10.2.3.
static const unsigned both = 0x8040;

unsigned ck_flush_denormals(void) {
  const unsigned former = _mm_getcsr();
  _mm_setcsr(former | both);
  return former;
}

void ck_restore_denormals(unsigned former) { _mm_setcsr(former); }
#else
unsigned ck_flush_denormals(void) { return 0; }
void ck_restore_denormals(unsigned former) { (void)former; }
#endif
