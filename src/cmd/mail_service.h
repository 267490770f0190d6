/*
 * Post: whether and how this server sends mail.
 */
#ifndef CMD_MAIL_SERVICE_H
#define CMD_MAIL_SERVICE_H

#include "cmd/parts.h"

/*
 * Read the settings and start the postman. Mail is off, and a line says why, when something for it
 * is missing. FAULT_CONFIG when something is wrong.
 */
MUST_USE bool mail_service_start(struct call *call, struct server_process *process);
void mail_service_stop(struct server_process *process);

#endif
