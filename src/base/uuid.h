/*
 * UUID: makes the unique ids (RFC 9562, version 7) of what the server itself stores.
 */
#ifndef BASE_UUID_H
#define BASE_UUID_H

/* Make a new version 7 UUID: 48 bits of Unix time in milliseconds, then 74 random bits, so that ids
 * sort by time. Aborts if the kernel gives no random bytes. */
void uuid7_create(unsigned char uuid[16]);

#endif
