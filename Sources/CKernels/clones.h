// Compiles a function for several processors and chooses one when the program starts.
#ifndef CK_CLONES_H
#define CK_CLONES_H

#if defined(__x86_64__) && defined(__linux__)
#define CK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CK_CLONES
#endif

/// A row length rounded up to whole vectors. What stands behind a row is zero, in weights, memories and inputs, and stays
/// so: kernels run over it and need no loop for a rest.
static inline long ck_padded(long count) { return (count + 15) & ~15L; }

#endif
