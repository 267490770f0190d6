#include "cmd/prompt.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "auth/password.h"
#include "auth/password_rule.h"

#define PROMPT_LINE_MAX_BYTES (PASSWORD_BYTES_MAX + 2)
#define CTRL_C '\003'

static bool prompt_read_line(struct call *call, const char **password)
{
    char line[PROMPT_LINE_MAX_BYTES];

    if (!fgets(line, sizeof line, stdin))
        return fail(call, FAULT_BAD_INPUT, "no password was given");

    const size_t length = strcspn(line, "\r\n");
    const bool whole = line[length] || feof(stdin);

    *password = arena_bytes(&call->arena, line, length);
    password_wipe_later(&call->arena, *password);
    explicit_bzero(line, sizeof line);
    if (!whole)
        return fail(call, FAULT_BAD_INPUT, "the password is too long");
    return !strchr(*password, CTRL_C) || fail(call, FAULT_BAD_INPUT, "given up");
}

/* Signals are blocked: after Ctrl-C the terminal must not stay without echo. */
static bool prompt_ask(
    struct call *call, const char *what, const char *whose, const char **password)
{
    struct termios before, silent;

    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return fail(call, FAULT_INTERNAL, "the terminal can't be made silent");

    silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    fprintf(stderr, "%s for %s: ", what, whose);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);

    const bool read = prompt_read_line(call, password);

    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputc('\n', stderr);
    return read;
}

bool prompt_password(struct call *call, const char *whose, const char **password)
{
    const char *again;

    if (!isatty(STDIN_FILENO))
        return prompt_read_line(call, password);

    return prompt_ask(call, "New password", whose, password)
        && prompt_ask(call, "Once more", whose, &again)
        && (strcmp(*password, again) == 0
            || fail(call, FAULT_BAD_INPUT, "these are two different passwords"));
}
