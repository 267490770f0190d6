#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STANDARD "/tmp"

static const char *folder = STANDARD;

void scratch_folder_set(const char *path)
{
    folder = path ? path : STANDARD;
}

const char *scratch_folder(void)
{
    return folder;
}

static void scratch_close_file(void *file)
{
    close((int)(intptr_t)file);
}

static int open_nameless(void)
{
    const int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    char name[4096];

    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return file;

    snprintf(name, sizeof name, "%s/scratch-XXXXXX", folder);
    const int named = mkostemp(name, O_CLOEXEC);

    if (named >= 0)
        unlink(name);
    return named;
}

bool scratch_open(struct call *call, int *file)
{
    *file = open_nameless();
    if (*file < 0)
        return fail(call, FAULT_INTERNAL, "no temporary file in %s: %s", folder, strerror(errno));

    arena_defer(&call->arena, scratch_close_file, (void *)(intptr_t)*file);
    return true;
}
