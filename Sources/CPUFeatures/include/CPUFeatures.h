#ifndef WAVPREP_CPU_FEATURES_H
#define WAVPREP_CPU_FEATURES_H

#include <stdbool.h>

/// Whether the processor and the operating system both support x86-64-v3: AVX2, FMA, BMI1/2, F16C, LZCNT, MOVBE.
/// False on every other architecture.
bool cpu_supports_x86_64_v3(void);

#endif
