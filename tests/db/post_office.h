/*
 * Post office: a mail server on 127.0.0.1, and one that takes mail over HTTP as SendGrid does, so
 * small that a test can say what they answer and read what they were told.
 */
#ifndef TESTS_DB_POST_OFFICE_H
#define TESTS_DB_POST_OFFICE_H

#include <stdbool.h>

#define MESSAGE_MAX 65536

struct post_office {
    int port;
    /* What it answers from now on; SMTP: to RCPT and to the message, HTTP: the status. */
    const char *recipient_answer, *message_answer, *http_answer;
    int delay_ms; /* before it takes a message */

    /* What it was told last, and how many messages it took. */
    char sender[300], recipient[300], message[MESSAGE_MAX];
    int taken, asked;
};

extern struct post_office office;

void post_office_open(bool http);
void post_office_close(void);

#endif
