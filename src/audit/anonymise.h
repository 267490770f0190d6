/*
 * Anonymise: shortens IP addresses and e-mail addresses for the audit log, if an organisation does
 * not want them stored in full.
 *
 * The rest still shows that two notes come from one network, or from mailboxes of one domain, but
 * not which person is behind them. An arena is memory that is freed as a whole at the end of a unit
 * of work, such as a request.
 */
#ifndef AUDIT_ANONYMISE_H
#define AUDIT_ANONYMISE_H

#include <stdbool.h>

#include "base/arena.h"

/* Return an IP address with its last 8 bits (IPv4) or 80 bits (IPv6) set to 0: "192.0.2.0",
 * "2001:db8:1::"; or "" if `address` is none. The result lives in `arena` or is a constant. */
const char *anonymise_address(struct arena *arena, const char *address);

/* Return the text with each e-mail address in it shortened to "a***@example.org", in `arena`; if
 * there is none, `text` itself. With `is_json` the text is JSON, and so is the result. NULL stays
 * NULL. */
const char *anonymise_text(struct arena *arena, const char *text, bool is_json);

#endif
