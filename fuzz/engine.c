#include <stdint.h>

#include "fuzz.h"

/* The name that libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    fuzz_run((const char *)bytes, length);
    return 0;
}
