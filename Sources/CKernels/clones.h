// Compiles a function for several processors; the program chooses one at start.
#ifndef CK_CLONES_H
#define CK_CLONES_H

// ThreadSanitizer would instrument the resolver, which runs before the sanitizer is initialised.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define CK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))

// Functions whose tiles depend on the number of vector registers exist twice: NAME_wide for
// the 32 registers of AVX-512, NAME_narrow for the others. (With `target` instead of
// `target_clones`, the compiler uses only half of each register.)
#define CK_WIDE_CLONES __attribute__((target_clones("arch=x86-64-v4", "default")))
#define CK_NARROW_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#define CK_CHOOSE(name) (__builtin_cpu_supports("x86-64-v4") ? name##_wide : name##_narrow)
#else
#define CK_CLONES
#define CK_NARROW_CLONES
#define CK_CHOOSE(name) name##_narrow
#endif

/// Returns a row length rounded up to whole vectors. The padding of weights, memories and inputs is
/// zero and stays zero: kernels compute it too and need no loop for a remainder.
static inline long ck_padded(long count) { return (count + 15) & ~15L; }

#endif
