/*
 * Anonymise: shortens the addresses and e-mails in the audit log, if they may not be kept whole.
 *
 * What is left shows that two notes come from one network, or from one kind of mailbox, but not
 * which person is behind them.
 */
#ifndef AUDIT_ANONYMISE_H
#define AUDIT_ANONYMISE_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * An IP address without its last 8 bits (IPv4) or 80 bits (IPv6): "192.0.2.0", "2001:db8:1::". ""
 * if the text is not an address.
 */
const char *anonymise_address(struct arena *arena, const char *address);

/*
 * The text, with each e-mail address in it shortened to "a***@example.org". With `is_json` the text
 * is JSON, and so is the result. NULL stays NULL.
 */
const char *anonymise_text(struct arena *arena, const char *text, bool is_json);

#endif
