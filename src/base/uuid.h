/*
 * Uuid: version 7 ids (RFC 9562) for what the server itself records.
 */
#ifndef BASE_UUID_H
#define BASE_UUID_H

/* 48 bits of Unix milliseconds, then 74 random bits. Aborts if the kernel gives no random bytes. */
void uuid7_create(unsigned char uuid[16]);

#endif
