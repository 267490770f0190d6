/*
 * Mail service: the part of the server that sends mail: reads its settings, and starts and stops
 * the mail sender's thread (mail/mail_sender.h).
 *
 * `call` is the unit of work in hand: it has the memory and, after a failure, the fault.
 */
#ifndef PROCESS_MAIL_SERVICE_H
#define PROCESS_MAIL_SERVICE_H

#include "process/parts.h"

/* Check the URLs and addresses among the mail settings. FAULT_CONFIG if one is malformed. A missing
 * one is no error. */
MUST_USE bool mail_service_check(struct call *call, const struct config *config);

/* Start sending mail as the settings say, which mail_service_check() has accepted. If a needed one
 * is missing, mail stays off, and a log line says which. Called before there are other threads that
 * use libcurl. FAULT_CONFIG if libcurl can't be initialised. */
MUST_USE bool mail_service_start(struct call *call, struct server_process *process);

/* Stop sending mail: interrupt a transfer, end the thread, and switch mail off. */
void mail_service_stop(struct server_process *process);

#endif
