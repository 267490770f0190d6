#include "http/forwarded.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/text.h"

/* The entry that is `proxies` from the end; the first one if there are fewer. */
static char *entry_of(struct arena *arena, const char *header, int proxies)
{
    const char *end = header + strlen(header), *start = end;

    while (start > header && start[-1] != ',')
        start--;
    for (; proxies > 1 && start > header; proxies--) {
        end = start - 1;
        for (start = end; start > header && start[-1] != ',';)
            start--;
    }

    start += strspn(start, " \t");
    while (end > start && strchr(" \t", end[-1]))
        end--;
    return end > start ? arena_bytes(arena, start, (size_t)(end - start)) : NULL;
}

static bool forwarded_is_port(const char *text)
{
    int64_t port;

    return *text == '\0' || (*text == ':' && text_to_i64(text + 1, 0, 65535, &port));
}

/* "[2001:db8::5]:80", "203.0.113.8:80" and the bare forms: the address alone; NULL when it is
 * neither. */
static char *without_port(char *entry)
{
    char *colon = strchr(entry, ':');

    if (*entry == '[') {
        char *bracket = strchr(entry, ']');

        if (!bracket || !forwarded_is_port(bracket + 1))
            return NULL;
        *bracket = '\0';
        return entry + 1;
    }
    if (colon && !strchr(colon + 1, ':')) {
        if (!forwarded_is_port(colon))
            return NULL;
        *colon = '\0';
    }
    return entry;
}

const char *forwarded_address(struct arena *arena, const char *header, int proxies)
{
    char *entry = entry_of(arena, header, proxies);
    char *address = entry ? without_port(entry) : NULL;
    char *text = arena_alloc(arena, INET6_ADDRSTRLEN, 1);
    struct in6_addr six;
    struct in_addr four;

    if (!address)
        return NULL;
    if (inet_pton(AF_INET, address, &four) == 1)
        return inet_ntop(AF_INET, &four, text, INET6_ADDRSTRLEN);
    if (inet_pton(AF_INET6, address, &six) != 1)
        return NULL;
    return IN6_IS_ADDR_V4MAPPED(&six) ? inet_ntop(AF_INET, six.s6_addr + 12, text, INET6_ADDRSTRLEN)
                                      : inet_ntop(AF_INET6, &six, text, INET6_ADDRSTRLEN);
}
