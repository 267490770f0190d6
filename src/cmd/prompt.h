/*
 * Prompt: asks for a password so that it is visible neither in the command line, which everybody on
 * the machine can read, nor on the screen.
 */
#ifndef CMD_PROMPT_H
#define CMD_PROMPT_H

#include "base/call.h"

/* Read a new password for the user `whose`: typed twice at a terminal, or, without a terminal, the
 * first line of standard input. It is kept in call->arena, the memory of the command, and is wiped
 * when that ends. FAULT_BAD_INPUT if there is none, it is too long, or the two differ. */
MUST_USE bool prompt_password(struct call *call, const char *whose, const char **password);

#endif
