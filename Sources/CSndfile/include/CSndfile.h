#ifndef WAVPREP_CSNDFILE_H
#define WAVPREP_CSNDFILE_H

#include <sndfile.h>
#include <stdbool.h>

/// Whether libsndfile can be opened on this machine.
bool csndfile_available(void);

#endif
