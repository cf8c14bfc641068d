#ifndef WAVPREP_CFILEHINTS_H
#define WAVPREP_CFILEHINTS_H

#include <stdint.h>

/// Linux's calls on open files that Swift's Glibc module leaves out, since they need _GNU_SOURCE.
/// Elsewhere they do nothing.

/// Starts writing out `count` bytes at `offset` that were written to the file, without waiting.
void file_start_writeback(int descriptor, int64_t offset, int64_t count);

/// Reserves space for the first `count` bytes of a file. Returns 0 or `errno`; EOPNOTSUPP where the file system cannot.
int file_reserve(int descriptor, int64_t count);

#endif
