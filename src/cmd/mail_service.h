/*
 * Mail service: reads whether and how this server sends mail, and starts the mail sender.
 */
#ifndef CMD_MAIL_SERVICE_H
#define CMD_MAIL_SERVICE_H

#include "cmd/parts.h"

/* FAULT_CONFIG if a setting is wrong. */
MUST_USE bool mail_service_check(struct call *call, const struct config *config);

/*
 * If a needed setting is missing, mail is off, and a log line says why. The settings were
 * checked.
 */
MUST_USE bool mail_service_start(struct call *call, struct server_process *process);
void mail_service_stop(struct server_process *process);

#endif
