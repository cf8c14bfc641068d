#ifndef WAVPREP_LAZY_LIBRARY_H
#define WAVPREP_LAZY_LIBRARY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/// A shared library that is opened at its first use.
///
/// Linking libcurl, libcrypto and libsndfile the usual way loads over fifty libraries before `main`, which costs
/// `wavprep check` several times its own work. ELF has no delayed loading, so each C target of this package defines
/// the functions it uses itself, as import stubs: the stub opens the library at the first call and jumps on.
/// Callers include the library's own header and see the library's own names and types.
struct lazy_library {
  /// The shared object's name with its ABI version, as in `libcurl.so.4`.
  const char *soname;
  /// Debian's package that has it, named when it is missing.
  const char *package;
  _Atomic(void *) handle;
};

/// Whether the library can be opened; the first call opens it.
bool lazy_library_available(struct lazy_library *library);

/// The address of `symbol`. Prints which library or symbol is missing and exits with code 2 when there is none:
/// ask `lazy_library_available` first where another answer is possible.
void *lazy_library_symbol(struct lazy_library *library, const char *symbol);

/// Defines the import stub of one function with a result.
///
///     LAZY_FUNCTION(library, int, sf_close, (SNDFILE *file), (file))
#define LAZY_FUNCTION(library, result, name, parameters, arguments)                                \
  result name parameters {                                                                         \
    static _Atomic(void *) address;                                                                \
    void *found = atomic_load_explicit(&address, memory_order_acquire);                            \
    if (found == NULL) {                                                                           \
      found = lazy_library_symbol(&library, #name);                                                \
      atomic_store_explicit(&address, found, memory_order_release);                                \
    }                                                                                              \
    return ((result(*) parameters)found)arguments;                                                 \
  }

/// Defines the import stub of one function without a result.
#define LAZY_PROCEDURE(library, name, parameters, arguments)                                       \
  void name parameters {                                                                           \
    static _Atomic(void *) address;                                                                \
    void *found = atomic_load_explicit(&address, memory_order_acquire);                            \
    if (found == NULL) {                                                                           \
      found = lazy_library_symbol(&library, #name);                                                \
      atomic_store_explicit(&address, found, memory_order_release);                                \
    }                                                                                              \
    ((void (*) parameters)found)arguments;                                                         \
  }

#endif
