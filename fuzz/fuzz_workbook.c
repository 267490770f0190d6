/* A whole file: a workbook, CSV, or neither. */
#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/scratch.h"
#include "fuzz.h"
#include "fuzz_rows.h"

void fuzz(struct call *call, const char *bytes, size_t length)
{
    int file;

    assert(scratch_open(call, &file));
    assert(pwrite(file, bytes, length, 0) == (ssize_t)length);
    fuzz_read_rows(call, file, (int64_t)length);
}
