#include <samplerate.h>
#include <soxr.h>
