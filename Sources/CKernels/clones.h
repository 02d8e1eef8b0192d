// Compiles a function for several processors and chooses one when the program starts.
#ifndef CK_CLONES_H
#define CK_CLONES_H

// ThreadSanitizer would follow the choice before it is set up itself.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define CK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))

// Functions whose tiles depend on the number of vector registers come in pairs: NAME_wide for the 32 of AVX-512,
// NAME_narrow for the others. (With `target` in place of `target_clones` the compiler keeps to half of each register.)
#define CK_WIDE_CLONES __attribute__((target_clones("arch=x86-64-v4", "default")))
#define CK_NARROW_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#define CK_CHOOSE(name) (__builtin_cpu_supports("x86-64-v4") ? name##_wide : name##_narrow)
#else
#define CK_CLONES
#define CK_NARROW_CLONES
#define CK_CHOOSE(name) name##_narrow
#endif

/// A row length rounded up to whole vectors. What stands behind a row is zero, in weights, memories and inputs, and stays
/// so: kernels run over it and need no loop for a rest.
static inline long ck_padded(long count) { return (count + 15) & ~15L; }

#endif
