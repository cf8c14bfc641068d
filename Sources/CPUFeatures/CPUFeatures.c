#include "CPUFeatures.h"

// The processor is asked here, when it is wanted. The compiler's __builtin_cpu_supports brings a constructor that asks
// for everything whenever the program starts; on a virtual machine each question goes to the host, 0.2 ms in all.

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/// Whether the system saves the wide registers: bits 1 and 2 of XCR0 (Intel, Software Developer's Manual, 1-14.3).
__attribute__((target("xsave"))) static bool saves_wide_registers(void) {
  const unsigned long long registers = 1 << 1 | 1 << 2;
  return (_xgetbv(0) & registers) == registers;
}

/// Whether all of `bits` are set.
static bool has(unsigned value, unsigned bits) { return (value & bits) == bits; }

bool cpu_supports_x86_64_v3(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  if (!has(c, bit_OSXSAVE | bit_AVX | bit_FMA | bit_F16C | bit_MOVBE) || !saves_wide_registers()) return false;
  if (!__get_cpuid(0x80000001, &a, &b, &c, &d) || !has(c, bit_LZCNT)) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && has(b, bit_AVX2 | bit_BMI | bit_BMI2);
}
#else
bool cpu_supports_x86_64_v3(void) { return false; }
#endif
