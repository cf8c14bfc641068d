#define _GNU_SOURCE
#include "CFileHints.h"

#include <errno.h>
#include <fcntl.h>

void file_start_writeback(int descriptor, int64_t offset, int64_t count) {
#if defined(__linux__)
  sync_file_range(descriptor, offset, count, SYNC_FILE_RANGE_WRITE);
#endif
}

int file_reserve(int descriptor, int64_t count) {
#if defined(__linux__)
  return fallocate(descriptor, 0, 0, count) == 0 ? 0 : errno;
#else
  return EOPNOTSUPP;
#endif
}
