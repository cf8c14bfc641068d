#ifndef WAVPREP_CSAMPLERATE_H
#define WAVPREP_CSAMPLERATE_H

#include <samplerate.h>

#endif
