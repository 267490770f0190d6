/*
 * Anonymise: what the audit log keeps of addresses and e-mails when it may not keep them whole.
 *
 * Enough stays to see that two notes are of one network, or of one kind of mailbox; not enough to
 * find the person behind it.
 */
#ifndef AUDIT_ANONYMISE_H
#define AUDIT_ANONYMISE_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * An IP address without its last 8 bits (IPv4) or 80 bits (IPv6): "192.0.2.0", "2001:db8:1::". ""
 * when the text is no address.
 */
const char *anonymise_address(struct arena *arena, const char *address);

/*
 * The text with each e-mail in it made "a***@example.org". With `is_json` it is a JSON text, and
 * stays one. NULL stays NULL.
 */
const char *anonymise_text(struct arena *arena, const char *text, bool is_json);

#endif
