#include "CSamplerate.h"

#include "LazyLibrary.h"

static struct lazy_library libsamplerate = {.soname = "libsamplerate.so.0", .package = "libsamplerate0"};

LAZY_FUNCTION(libsamplerate, SRC_STATE *, src_new, (int converter, int channels, int *error),
              (converter, channels, error))
LAZY_FUNCTION(libsamplerate, SRC_STATE *, src_delete, (SRC_STATE * state), (state))
LAZY_FUNCTION(libsamplerate, int, src_process, (SRC_STATE * state, SRC_DATA *data), (state, data))
LAZY_FUNCTION(libsamplerate, int, src_simple, (SRC_DATA * data, int converter, int channels),
              (data, converter, channels))
LAZY_FUNCTION(libsamplerate, const char *, src_strerror, (int error), (error))
