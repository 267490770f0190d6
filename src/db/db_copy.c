#include "db/db_copy.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

#include "base/shape.h"
#include "db/db_session.h"

#define BUFFER_SIZE ((size_t)64 * 1024)

/* Microseconds from 1970 to 2000, where PostgreSQL's times begin. */
#define EPOCH_US INT64_C(946684800000000)

struct db_copy {
    struct call *call;
    int columns;
    int missing; /* values of the row in hand */
    bool lost;
    size_t length;
    char buffer[BUFFER_SIZE];
};

static void flush(struct db_copy *copy)
{
    if (!copy->lost && copy->length)
        copy->lost = PQputCopyData(copy->call->db->conn, copy->buffer, (int)copy->length) != 1;
    copy->length = 0;
}

static void db_copy_put(struct db_copy *copy, const void *bytes, size_t length)
{
    assert(length <= BUFFER_SIZE);
    if (copy->length + length > BUFFER_SIZE)
        flush(copy);
    memcpy(copy->buffer + copy->length, bytes, length);
    copy->length += length;
}

static void put_16(struct db_copy *copy, int value)
{
    const uint16_t wire = htobe16((uint16_t)value);

    db_copy_put(copy, &wire, sizeof wire);
}

static void put_32(struct db_copy *copy, int value)
{
    const uint32_t wire = htobe32((uint32_t)value);

    db_copy_put(copy, &wire, sizeof wire);
}

/* Every value goes behind its length; -1 is NULL. */
static void put_length(struct db_copy *copy, int length)
{
    assert(copy->missing > 0);
    copy->missing--;
    put_32(copy, length);
}

bool db_copy_begin(struct call *call, const char *into, int columns, struct db_copy **copy)
{
    static const char signature[19] = "PGCOPY\n\377\r\n"; /* and flags and extension: none */
    const char *statement = arena_format(&call->arena, "COPY %s FROM STDIN (FORMAT binary)", into);
    PGresult *result = PQexec(call->db->conn, statement);
    const bool begun =
        PQresultStatus(result) == PGRES_COPY_IN || db_session_check(call, statement, result);

    PQclear(result);
    if (!begun)
        return false;

    *copy = NEW(&call->arena, struct db_copy);
    (*copy)->call = call;
    (*copy)->columns = columns;
    db_copy_put(*copy, signature, sizeof signature);
    return true;
}

void db_copy_row(struct db_copy *copy)
{
    assert(copy->missing == 0);
    copy->missing = copy->columns;
    put_16(copy, copy->columns);
}

void db_copy_null(struct db_copy *copy)
{
    put_length(copy, -1);
}

void db_copy_i64(struct db_copy *copy, int64_t value)
{
    const uint64_t wire = htobe64((uint64_t)value);

    if (value == NO_I64) {
        db_copy_null(copy);
        return;
    }
    put_length(copy, sizeof wire);
    db_copy_put(copy, &wire, sizeof wire);
}

void db_copy_id(struct db_copy *copy, int64_t id)
{
    db_copy_i64(copy, id ? id : NO_I64);
}

void db_copy_i32(struct db_copy *copy, int value)
{
    put_length(copy, 4);
    put_32(copy, value);
}

void db_copy_i16(struct db_copy *copy, int value)
{
    put_length(copy, 2);
    put_16(copy, value);
}

void db_copy_bool(struct db_copy *copy, bool value)
{
    put_length(copy, 1);
    db_copy_put(copy, value ? "\1" : "\0", 1);
}

void db_copy_text(struct db_copy *copy, const char *value)
{
    if (!value) {
        db_copy_null(copy);
        return;
    }
    put_length(copy, (int)strlen(value));
    db_copy_put(copy, value, strlen(value));
}

void db_copy_bytes(struct db_copy *copy, const void *bytes, size_t length)
{
    put_length(copy, (int)length);
    db_copy_put(copy, bytes, length);
}

void db_copy_jsonb(struct db_copy *copy, const char *value)
{
    put_length(copy, (int)strlen(value) + 1);
    db_copy_put(copy, "\1", 1); /* the version of the form */
    db_copy_put(copy, value, strlen(value));
}

void db_copy_uuid(struct db_copy *copy, const unsigned char uuid[16])
{
    put_length(copy, 16);
    db_copy_put(copy, uuid, 16);
}

void db_copy_time(struct db_copy *copy, int64_t unix_us)
{
    db_copy_i64(copy, unix_us - EPOCH_US);
}

bool db_copy_end(struct db_copy *copy)
{
    PGconn *conn = copy->call->db->conn;
    PGresult *result;

    assert(copy->missing == 0);
    put_16(copy, -1);
    flush(copy);
    if (PQputCopyEnd(conn, copy->lost ? "the rows got lost" : NULL) != 1)
        copy->lost = true;

    result = PQgetResult(conn);
    const bool done = db_session_check(copy->call, "COPY", result);

    PQclear(result);
    /* Whatever came of it, the session is free again only behind the last result. */
    while (copy->call->db->conn && (result = PQgetResult(conn)))
        PQclear(result);
    return done && (!copy->lost || fail(copy->call, FAULT_DATABASE, "COPY: the rows got lost"));
}
