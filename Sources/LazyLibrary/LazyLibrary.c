#define _GNU_SOURCE
#include "LazyLibrary.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

bool lazy_library_available(struct lazy_library *library) {
  if (atomic_load_explicit(&library->handle, memory_order_acquire) != NULL) {
    return true;
  }
  // Two threads may both open it: dlopen counts references and returns the same handle.
  void *handle = dlopen(library->soname, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    return false;
  }
  atomic_store_explicit(&library->handle, handle, memory_order_release);
  return true;
}

void *lazy_library_symbol(struct lazy_library *library, const char *symbol) {
  if (!lazy_library_available(library)) {
    fprintf(stderr, "wavprep: %s cannot be loaded (%s); install it: apt-get install %s\n", library->soname, dlerror(),
            library->package);
    exit(2);
  }
  void *address = dlsym(atomic_load_explicit(&library->handle, memory_order_acquire), symbol);
  if (address == NULL) {
    fprintf(stderr, "wavprep: %s has no %s; a newer version is needed: apt-get install %s\n", library->soname, symbol,
            library->package);
    exit(2);
  }
  return address;
}
