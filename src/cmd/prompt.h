/*
 * Prompt: asks for a password in a way that leaves no trace: not in the arguments, which everybody
 * on the machine can see, and not on the screen.
 */
#ifndef CMD_PROMPT_H
#define CMD_PROMPT_H

#include "base/call.h"

/*
 * A new password: typed twice at a terminal, or else the first line of standard input. It is wiped
 * when the call's arena ends. FAULT_BAD_INPUT if there is none, or if the two differ.
 */
MUST_USE bool prompt_password(struct call *call, const char *whose, const char **password);

#endif
