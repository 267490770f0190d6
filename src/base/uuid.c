#include "base/uuid.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

void uuid7_create(unsigned char uuid[16])
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    if (getrandom(uuid, 16, 0) != 16)
        abort();

    const uint64_t ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;

    for (int i = 0; i < 6; i++)
        uuid[i] = (unsigned char)(ms >> (40 - 8 * i));

    uuid[6] = (unsigned char)(0x70 | (uuid[6] & 0x0f));
    uuid[8] = (unsigned char)(0x80 | (uuid[8] & 0x3f));
}
