#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "config/config.h"

#define CONFIG_SECRET_BYTES 32

static bool secret_fault(struct call *call, const char *what, const char *path)
{
    return fail(call, FAULT_CONFIG, "can't %s %s: %s", what, path, strerror(errno));
}

/* Written beside its place and renamed, so that a crash can't leave half a secret. */
static bool secret_make(struct call *call, const char *path)
{
    const char *draft = arena_format(&call->arena, "%s.%ld", path, (long)getpid());
    unsigned char bytes[CONFIG_SECRET_BYTES];
    char hex[2 * CONFIG_SECRET_BYTES + 1];

    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        return secret_fault(call, "make", path);
    text_hex(bytes, sizeof bytes, hex);

    const int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0)
        return secret_fault(call, "write", path);

    const size_t length = strlen(hex);
    const bool written = write(fd, hex, length) == (ssize_t)length && fsync(fd) == 0;

    close(fd);
    return (written && rename(draft, path) == 0) || secret_fault(call, "write", path);
}

static bool secret_read(struct call *call, const char *path, const char **secret)
{
    char text[2 * CONFIG_SECRET_BYTES + 1] = "";
    const int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return secret_fault(call, "read", path);

    const ssize_t length = read(fd, text, sizeof text - 1);

    close(fd);
    if (length != sizeof text - 1)
        return fail(
            call, FAULT_CONFIG, "%s is damaged: remove it, and everyone signs in anew", path);

    *secret = arena_text(&call->arena, text);
    return true;
}

/* There is none yet when the database is somebody else's. */
static bool make_folder(struct call *call, const char *data)
{
    return mkdir(data, 0700) == 0 || errno == EEXIST || secret_fault(call, "make the folder", data);
}

bool config_secret(struct call *call, const struct config *config, const char **secret)
{
    const char *path =
        arena_format(&call->arena, "%s/session_secret", config_text(config, OPTION_DATA));

    *secret = config_text(config, OPTION_SESSION_SECRET);
    if (*secret)
        return true;
    return make_folder(call, config_text(config, OPTION_DATA))
        && (access(path, F_OK) == 0 || secret_make(call, path)) && secret_read(call, path, secret);
}
