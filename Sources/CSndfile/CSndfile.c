#include "CSndfile.h"

#include "LazyLibrary.h"

static struct lazy_library libsndfile = {.soname = "libsndfile.so.1", .package = "libsndfile1"};

bool csndfile_available(void) { return lazy_library_available(&libsndfile); }

LAZY_FUNCTION(libsndfile, SNDFILE *, sf_open_fd, (int fd, int mode, SF_INFO *info, int close_fd),
              (fd, mode, info, close_fd))
LAZY_FUNCTION(libsndfile, SNDFILE *, sf_open_virtual,
              (SF_VIRTUAL_IO * io, int mode, SF_INFO *info, void *user_data), (io, mode, info, user_data))
LAZY_FUNCTION(libsndfile, int, sf_close, (SNDFILE * file), (file))
LAZY_FUNCTION(libsndfile, sf_count_t, sf_readf_float, (SNDFILE * file, float *samples, sf_count_t frames),
              (file, samples, frames))
LAZY_FUNCTION(libsndfile, sf_count_t, sf_readf_int, (SNDFILE * file, int *samples, sf_count_t frames),
              (file, samples, frames))
LAZY_FUNCTION(libsndfile, sf_count_t, sf_writef_float, (SNDFILE * file, const float *samples, sf_count_t frames),
              (file, samples, frames))
LAZY_FUNCTION(libsndfile, sf_count_t, sf_seek, (SNDFILE * file, sf_count_t frames, int whence),
              (file, frames, whence))
LAZY_FUNCTION(libsndfile, int, sf_command, (SNDFILE * file, int command, void *data, int size),
              (file, command, data, size))
LAZY_FUNCTION(libsndfile, int, sf_error, (SNDFILE * file), (file))
LAZY_FUNCTION(libsndfile, const char *, sf_strerror, (SNDFILE * file), (file))
