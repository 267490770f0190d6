#include "http/feed.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/feed_listener.h"
#include "metric/metric.h"

#define TOPICS_MAX 16

#define HEARTBEAT ":\n\n"

/* Shared by the channel and by the listeners that are sending it. */
struct message {
    int holders;
    uint64_t number;
    size_t length;
    char text[];
};

struct channel {
    struct channel *next;
    const char *topic;
    int64_t org_id;
    struct message *latest;
    uint64_t numbers;
    int count;
    TAILQ_HEAD(, feed_listener) listeners;
};

struct topic {
    const char *name;
    void (*wanted)(int64_t org_id);
};

/* The lock guards all of it, the listeners' messages and channels included. */
static struct {
    pthread_mutex_t lock;
    struct channel *channels;
    struct topic topics[TOPICS_MAX];
    int topic_count;
} feeds = { .lock = PTHREAD_MUTEX_INITIALIZER };

static struct channel *channel_find(const char *topic, int64_t org_id)
{
    struct channel *channel = feeds.channels;

    while (channel && (channel->org_id != org_id || strcmp(channel->topic, topic) != 0))
        channel = channel->next;
    return channel;
}

static struct channel *channel_of(const char *topic, int64_t org_id)
{
    struct channel *channel = channel_find(topic, org_id);

    if (channel)
        return channel;

    channel = calloc(1, sizeof *channel);
    if (!channel || !(channel->topic = strdup(topic)))
        abort();
    channel->org_id = org_id;
    TAILQ_INIT(&channel->listeners);
    channel->next = feeds.channels;
    feeds.channels = channel;
    return channel;
}

static void message_drop(struct message *message)
{
    if (message && --message->holders == 0)
        free(message);
}

static struct message *message_new(const char *event, const char *data)
{
    static const char format[] = "event: %s\ndata: %s\n\n";
    const int length = snprintf(NULL, 0, format, event, data);
    struct message *message = malloc(sizeof *message + (size_t)length + 1);

    if (!message)
        abort();
    *message = (struct message){ .holders = 1, .length = (size_t)length };
    snprintf(message->text, (size_t)length + 1, format, event, data);
    return message;
}

void feed_publish(const char *topic, int64_t org_id, const char *event, const char *data)
{
    struct message *message = message_new(event, data);
    struct feed_listener *listener;

    assert(!strpbrk(data, "\r\n"));
    pthread_mutex_lock(&feeds.lock);
    struct channel *channel = channel_of(topic, org_id);

    message->number = ++channel->numbers;
    message_drop(channel->latest);
    channel->latest = message;
    TAILQ_FOREACH(listener, &channel->listeners, links)
    {
        listener->wake(listener);
    }
    pthread_mutex_unlock(&feeds.lock);
}

static bool is_meant(const struct feed_listener *listener, const struct session_scope *scope)
{
    return listener->user_id && (!scope->user_id || listener->user_id == scope->user_id)
        && (!scope->id || listener->session_id == scope->id);
}

static void invalidate_listeners(struct channel *channel, const struct session_scope *scope)
{
    struct feed_listener *listener;

    TAILQ_FOREACH(listener, &channel->listeners, links)
    {
        if (is_meant(listener, scope)) {
            atomic_store(&listener->must_check_session, true);
            listener->wake(listener);
        }
    }
}

void feed_invalidate_sessions(const struct session_scope *scope)
{
    pthread_mutex_lock(&feeds.lock);
    for (struct channel *channel = feeds.channels; channel; channel = channel->next)
        if (!scope->org_id || channel->org_id == scope->org_id)
            invalidate_listeners(channel, scope);
    pthread_mutex_unlock(&feeds.lock);
}

int feed_listeners(const char *topic, int64_t org_id)
{
    pthread_mutex_lock(&feeds.lock);
    const struct channel *channel = channel_find(topic, org_id);
    const int count = channel ? channel->count : 0;
    pthread_mutex_unlock(&feeds.lock);
    return count;
}

void feed_on_first(const char *topic, void (*wanted)(int64_t org_id))
{
    assert(feeds.topic_count < TOPICS_MAX);
    feeds.topics[feeds.topic_count++] = (struct topic){ topic, wanted };
}

static void say_wanted(const char *topic, int64_t org_id)
{
    for (int i = 0; i < feeds.topic_count; i++)
        if (strcmp(feeds.topics[i].name, topic) == 0)
            feeds.topics[i].wanted(org_id);
}

void feed_listener_open(struct feed_listener *listener, const struct call *call, const char *topic,
    void (*wake)(struct feed_listener *listener))
{
    pthread_mutex_lock(&feeds.lock);
    struct channel *channel = channel_of(topic, call->org_id);
    const bool first = channel->count++ == 0;

    *listener = (struct feed_listener){ .channel = channel,
        .wake = wake,
        .user_id = call->person.id,
        .session_id = call->person.session_id,
        .heartbeat_due = true };
    TAILQ_INSERT_TAIL(&channel->listeners, listener, links);
    pthread_mutex_unlock(&feeds.lock);
    metric_add(METRIC_STREAMS, 1);

    if (first)
        say_wanted(topic, call->org_id);
}

void feed_listener_close(struct feed_listener *listener)
{
    if (!listener->channel)
        return;

    pthread_mutex_lock(&feeds.lock);
    TAILQ_REMOVE(&listener->channel->listeners, listener, links);
    listener->channel->count--;
    message_drop(listener->message);
    pthread_mutex_unlock(&feeds.lock);
    metric_add(METRIC_STREAMS, -1);
    *listener = (struct feed_listener){ 0 };
}

/* With the lock held: what was begun is finished, then the newest follows. */
static size_t read_message(struct feed_listener *listener, char *bytes, size_t room)
{
    struct message *latest = listener->channel->latest;

    if (!listener->message && latest && latest->number != listener->seen
        && !atomic_load(&listener->must_check_session)) {
        listener->message = latest;
        listener->seen = latest->number;
        listener->offset = 0;
        latest->holders++;
    }

    struct message *message = listener->message;

    if (!message)
        return 0;

    const size_t left = message->length - listener->offset;
    const size_t length = left < room ? left : room;

    memcpy(bytes, message->text + listener->offset, length);
    listener->offset += length;
    if (length == left) {
        listener->message = NULL;
        message_drop(message);
    }
    return length;
}

ptrdiff_t feed_listener_read(struct feed_listener *listener, char *bytes, size_t room)
{
    /* Also at the end a message that was begun is finished: half an event is no event. */
    if (listener->ended && !listener->message)
        return -1;

    pthread_mutex_lock(&feeds.lock);
    const size_t length = read_message(listener, bytes, room);
    pthread_mutex_unlock(&feeds.lock);

    if (length || !listener->heartbeat_due || atomic_load(&listener->must_check_session)
        || room < sizeof HEARTBEAT)
        return (ptrdiff_t)length;

    listener->heartbeat_due = false;
    memcpy(bytes, HEARTBEAT, sizeof HEARTBEAT - 1);
    return sizeof HEARTBEAT - 1;
}

void feed_close(void)
{
    struct channel *next;

    for (struct channel *channel = feeds.channels; channel; channel = next) {
        assert(channel->count == 0);
        next = channel->next;
        message_drop(channel->latest);
        free((char *)channel->topic);
        free(channel);
    }
    feeds.channels = NULL;
    feeds.topic_count = 0;
}
