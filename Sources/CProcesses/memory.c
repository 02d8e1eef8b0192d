// Wrappers around all allocation functions of the process.
//
// They replace the functions of <stdlib.h> and forward to glibc; definitions in a program take
// precedence over those in libraries. Until cprocesses_end_without_memory is called they only add a
// test of the pointer.
//
// Sanitizers have their own allocators, so the wrappers are left out there.
#define _GNU_SOURCE
#include "CProcesses.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Atomic int exit_status;

void cprocesses_keep_heap_small(int bytes) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, bytes);
  mallopt(M_TRIM_THRESHOLD, bytes);
}

void cprocesses_end_without_memory(int status) { atomic_store(&exit_status, status); }

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define FOREIGN_ALLOCATOR 1
#endif
#endif

#ifndef FOREIGN_ALLOCATOR

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

/// Writes the failed call and its size to standard error without allocating.
static void tell(const char *call, size_t bytes) {
  char line[160] = "deepspoold worker: ";
  size_t length = strlen(line);
  for (const char *c = call; *c && length < 80; c++) line[length++] = *c;
  char digits[24];
  int count = 0;
  do digits[count++] = (char)('0' + bytes % 10);
  while ((bytes /= 10) > 0);
  static const char before[] = ": cannot allocate ", after[] = " bytes\n";
  memcpy(line + length, before, sizeof before - 1);
  length += sizeof before - 1;
  while (count > 0) line[length++] = digits[--count];
  memcpy(line + length, after, sizeof after - 1);
  length += sizeof after - 1;
  ssize_t written = write(STDERR_FILENO, line, length);
  (void)written;
}

static void *checked(void *pointer, const char *call, size_t bytes) {
  if (__builtin_expect(pointer != NULL || bytes == 0, 1)) return pointer;
  int status = atomic_load_explicit(&exit_status, memory_order_relaxed);
  if (status == 0) return pointer;
  tell(call, bytes);
  _exit(status);
}

void *malloc(size_t size) { return checked(__libc_malloc(size), "malloc", size); }

void *calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) bytes = SIZE_MAX;
  return checked(__libc_calloc(count, size), "calloc", bytes);
}

void *realloc(void *old, size_t size) { return checked(__libc_realloc(old, size), "realloc", size); }

void *aligned_alloc(size_t alignment, size_t size) {
  return checked(__libc_memalign(alignment, size), "aligned_alloc", size);
}

void *memalign(size_t alignment, size_t size) { return checked(__libc_memalign(alignment, size), "memalign", size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *pointer = checked(__libc_memalign(alignment, size), "posix_memalign", size);
  if (pointer == NULL && size > 0) return ENOMEM;
  *result = pointer;
  return 0;
}

/// Anonymous memory from the system, into which tables are read.
void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  long result = syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
  void *pointer = (void *)result;
  if (pointer == MAP_FAILED && errno == ENOMEM && (flags & MAP_ANONYMOUS)) checked(NULL, "mmap", length);
  return pointer;
}

#endif
