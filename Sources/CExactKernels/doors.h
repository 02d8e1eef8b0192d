// The preconditions of the kernels: checked in debug builds, where
// CK_CHECKS is defined; not compiled in release builds.
#ifndef CX_DOORS_H
#define CX_DOORS_H

#ifdef CK_CHECKS
#include <stdio.h>
#include <stdlib.h>

/// Aborts the program if a precondition does not hold.
#define CX_EXPECT(claim) ((claim) ? (void)0 : cx_refuse(__FILE__, __LINE__, __func__, #claim))

static inline void cx_refuse(const char *file, int line, const char *function, const char *claim) {
  fprintf(stderr, "%s:%d: %s: precondition failed: %s\n", file, line, function, claim);
  abort();
}

/// Returns whether rows of `inputs` numbers at these offsets do not overlap.
static inline int cx_are_apart(const long *offsets, long rows, long inputs) {
  for (long a = 0; a < rows; a++)
    for (long b = 0; b < a; b++)
      if (offsets[a] - offsets[b] < inputs && offsets[b] - offsets[a] < inputs) return 0;
  return 1;
}
#else
#define CX_EXPECT(claim) ((void)0)
#endif

#endif
