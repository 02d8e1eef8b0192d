#define _GNU_SOURCE
#include "CFiles.h"

#include <sys/mman.h>

int cfiles_memory_file(void) { return memfd_create("deepspool", MFD_CLOEXEC); }
