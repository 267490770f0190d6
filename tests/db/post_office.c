#include "db/post_office.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct post_office office;

static pthread_t thread;
static int listener;
static bool speaks_http;

static void say(FILE *out, const char *line)
{
    fprintf(out, "%s\r\n", line);
    fflush(out);
}

/* Up to the line that is a dot. */
static bool take_message(FILE *in)
{
    char line[2000];

    office.message[0] = '\0';
    while (fgets(line, sizeof line, in)) {
        if (strcmp(line, ".\r\n") == 0)
            return true;
        if (strlen(office.message) + strlen(line) < MESSAGE_MAX)
            strcat(office.message, line[0] == '.' ? line + 1 : line);
    }
    return false;
}

static void rest(void)
{
    nanosleep(
        &(struct timespec){ office.delay_ms / 1000, office.delay_ms % 1000 * 1000000L }, NULL);
}

static void take_data(FILE *in, FILE *out)
{
    say(out, "354 go on");
    if (!take_message(in))
        return;
    rest();
    if (office.message_answer[0] == '2')
        office.taken++;
    say(out, office.message_answer);
}

static void speak_smtp(FILE *in, FILE *out)
{
    char line[2000];

    say(out, "220 here");
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncasecmp(line, "MAIL FROM:", 10) == 0) {
            snprintf(office.sender, sizeof office.sender, "%.290s", line + 10);
            say(out, "250 ok");
        } else if (strncasecmp(line, "RCPT TO:", 8) == 0) {
            office.asked++;
            snprintf(office.recipient, sizeof office.recipient, "%.290s", line + 8);
            say(out, office.recipient_answer);
        } else if (strcasecmp(line, "DATA") == 0) {
            take_data(in, out);
        } else if (strcasecmp(line, "QUIT") == 0) {
            say(out, "221 bye");
            return;
        } else {
            say(out, "250 ok");
        }
    }
}

static void speak_http(FILE *in, FILE *out)
{
    char line[2000];
    size_t length = 0, used = 0;

    office.asked++;
    while (fgets(line, sizeof line, in) && strcmp(line, "\r\n") != 0) {
        if (strncasecmp(line, "Content-Length:", 15) == 0)
            length = strtoul(line + 15, NULL, 10);
        used += (size_t)snprintf(office.message + used, MESSAGE_MAX - used, "%s", line);
    }
    if (used + length < MESSAGE_MAX)
        office.message[used + fread(office.message + used, 1, length, in)] = '\0';
    if (strncmp(office.http_answer, "202", 3) == 0)
        office.taken++;
    fprintf(
        out, "HTTP/1.1 %s\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", office.http_answer);
    fflush(out);
}

static void *serve(void *unused)
{
    int fd;

    (void)unused;
    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");

        if (speaks_http)
            speak_http(in, out);
        else
            speak_smtp(in, out);
        fclose(out);
        fclose(in);
    }
    return NULL;
}

/* Forget what was told, and be friendly again. */
static void post_office_reset(void)
{
    const int port = office.port;

    memset(&office, 0, sizeof office);
    office.port = port;
    office.recipient_answer = office.message_answer = "250 ok";
    office.http_answer = "202 Accepted";
}

void post_office_open(bool http)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t length = sizeof here;

    speaks_http = http;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&here, sizeof here) != 0
        || listen(listener, 16) != 0
        || getsockname(listener, (struct sockaddr *)&here, &length) != 0
        || pthread_create(&thread, NULL, serve, NULL) != 0)
        abort();
    office.port = ntohs(here.sin_port);
    post_office_reset();
}

void post_office_close(void)
{
    shutdown(listener, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(listener);
}
