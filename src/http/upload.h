/*
 * Upload: a request body that is too big for memory, and the files in it.
 *
 * If a route allows bodies of more than UPLOAD_MEMORY_MAX bytes, the body is written to an unlinked
 * temporary file while it arrives, so that ten users who import at once cost the server no memory.
 * request_json() can't be used on such a route. A call is one unit of work, here the request, with
 * its memory (call->arena) and, after a failure, its fault.
 */
#ifndef HTTP_UPLOAD_H
#define HTTP_UPLOAD_H

#include "http/request.h"

/* If a route's body_max is above this, in bytes, its request bodies are written to a file. */
#define UPLOAD_MEMORY_MAX ((size_t)1024 * 1024)
/* The most parts (fields and files together) that a multipart/form-data body may have. */
#define UPLOAD_PARTS_MAX 32

/* The whole body of a request, in a temporary file. */
struct upload {
    int file; /* a descriptor to read with pread(); closed when the call ends */
    int64_t length; /* bytes */
};

/* Get the file that the request's body was written to. FAULT_BAD_INPUT if there is no body. */
MUST_USE bool request_upload(
    struct call *call, const struct request *request, struct upload *upload);

/* One part, a field or a file, of a multipart/form-data body. The texts live in call->arena. */
struct upload_part {
    const char *name; /* of the form's field */
    const char *filename; /* without folders; NULL if the part is not a file */
    const char *type; /* its Content-Type as sent; "" if missing */
    int64_t start, length; /* where its content is in the upload's file, in bytes */
};

/* Split a multipart/form-data body into its parts: *parts is an array of struct upload_part in
 * call->arena, and *upload the file that they are in. FAULT_BAD_TYPE if the body is of another
 * type, FAULT_BAD_INPUT if it is missing, malformed, or has more than UPLOAD_PARTS_MAX parts. */
MUST_USE bool request_form(
    struct call *call, const struct request *request, struct upload *upload, struct list *parts);

/* Read the content of a part as a text into *text, in call->arena. FAULT_BAD_FIELDS if it is longer
 * than `max` bytes, or not UTF-8 without NUL. FAULT_INTERNAL if the file can't be read. */
MUST_USE bool upload_text(struct call *call, const struct upload *upload,
    const struct upload_part *part, size_t max, const char **text);

#endif
