/*
 * Upload: a body that is too big for memory, and the files in it.
 *
 * The body of a route that takes more than UPLOAD_MEMORY_MAX bytes is written to an unlinked
 * temporary file while it comes in, so that ten people who import at once cost the server no
 * memory. request_json() can't be used on such a route.
 */
#ifndef HTTP_UPLOAD_H
#define HTTP_UPLOAD_H

#include "http/request.h"

#define UPLOAD_MEMORY_MAX ((size_t)1024 * 1024)
#define UPLOAD_PARTS_MAX 32

/* The whole body. `file` is open for reading with pread() and closed when the call ends. */
struct upload {
    int file;
    int64_t length;
};

/* FAULT_BAD_INPUT if there is no body. */
MUST_USE bool request_upload(
    struct call *call, const struct request *request, struct upload *upload);

/* One field or file of a form. */
struct upload_part {
    const char *name;
    const char *filename; /* without folders; NULL if it is not a file */
    const char *type; /* as sent; "" if missing */
    int64_t start, length; /* in the upload's file */
};

/*
 * The parts of a multipart/form-data body, as an array of struct upload_part in the arena.
 * FAULT_BAD_TYPE if the body is of another type, FAULT_BAD_INPUT if it is malformed or has too many
 * parts.
 */
MUST_USE bool request_form(
    struct call *call, const struct request *request, struct upload *upload, struct list *parts);

/* The text of a small part (at most `max` bytes, UTF-8). FAULT_BAD_FIELDS. */
MUST_USE bool upload_text(struct call *call, const struct upload *upload,
    const struct upload_part *part, size_t max, const char **text);

#endif
