#include "CPUFeatures.h"

bool cpu_supports_x86_64_v3(void) {
#if defined(__x86_64__)
  // libgcc's check reads XCR0 as well: AVX2 counts only where the system saves the wide registers.
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2");
#else
  return false;
#endif
}
