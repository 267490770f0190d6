/*
 * webembed: turns the built web app into C.
 *
 *     webembed web/dist assets.c
 *
 * Writes the table that src/server/assets.h declares: each file with its media type, the digest
 * that becomes its ETag, and a gzip copy where that is smaller. The bytes become an array of 64-bit
 * words, which compiles many times faster than one of bytes. A folder that isn't there gives an
 * empty table, so that the server builds without the app; a result that would not change is not
 * written, so that nothing is compiled anew.
 */
#include <dirent.h>
#include <errno.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#define FILES_MAX 512

struct buffer {
    unsigned char *bytes;
    size_t size, room;
};

struct file {
    char *path; /* "/assets/index-1a2b3c.js" */
    struct buffer plain, packed;
    size_t plain_at, packed_at; /* in the words */
};

struct site {
    const char *folder;
    struct file files[FILES_MAX];
    size_t count;
};

struct media {
    const char *extension, *type;
};

/* clang-format off */
static const struct media medias[] = {
    { ".html",        "text/html; charset=utf-8" },
    { ".js",          "text/javascript; charset=utf-8" },
    { ".css",         "text/css; charset=utf-8" },
    { ".json",        "application/json" },
    { ".webmanifest", "application/manifest+json" },
    { ".svg",         "image/svg+xml" },
    { ".png",         "image/png" },
    { ".ico",         "image/x-icon" },
    { ".woff2",       "font/woff2" },
    { ".wasm",        "application/wasm" },
    { ".txt",         "text/plain; charset=utf-8" },
};
/* clang-format on */

_Noreturn static void die(const char *what, const char *path)
{
    fprintf(stderr, "webembed: %s %s: %s\n", what, path, strerror(errno));
    exit(1);
}

static void append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (buffer->size + size > buffer->room) {
        buffer->room = 2 * (buffer->size + size);
        buffer->bytes = realloc(buffer->bytes, buffer->room);
        if (!buffer->bytes)
            die("memory for", "a file");
    }
    if (size)
        memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
}

static void append_text(struct buffer *buffer, const char *text)
{
    append(buffer, text, strlen(text));
}

static bool read_file(const char *path, struct buffer *buffer)
{
    FILE *file = fopen(path, "rb");
    unsigned char piece[65536];
    size_t size;

    if (!file)
        return false;
    while ((size = fread(piece, 1, sizeof piece, file)) > 0)
        append(buffer, piece, size);
    fclose(file);
    return true;
}

static void pack(const struct buffer *plain, struct buffer *packed)
{
    z_stream stream = { 0 };

    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY))
        die("deflateInit2", "");

    packed->room = deflateBound(&stream, plain->size);
    packed->bytes = malloc(packed->room);
    stream.next_in = plain->bytes;
    stream.avail_in = (unsigned)plain->size;
    stream.next_out = packed->bytes;
    stream.avail_out = (unsigned)packed->room;
    if (!packed->bytes || deflate(&stream, Z_FINISH) != Z_STREAM_END)
        die("deflate", "");
    packed->size = stream.total_out;
    deflateEnd(&stream);

    /* A tenth is the least that is worth a second copy. */
    if (packed->size > plain->size - plain->size / 10)
        packed->size = 0;
}

static void take_file(struct site *site, const char *full, const char *path)
{
    struct file *file = &site->files[site->count++];

    if (site->count == FILES_MAX)
        die("too many files in", site->folder);
    file->path = strdup(path);
    if (!file->path || !read_file(full, &file->plain))
        die("can't read", full);
    pack(&file->plain, &file->packed);
}

/* Vite's own notes (".vite/manifest.json") are not for clients. */
static void take_folder(struct site *site, const char *full, const char *path)
{
    DIR *folder = opendir(full);
    struct dirent *entry;

    if (!folder)
        return;

    while ((entry = readdir(folder))) {
        char *inner_full, *inner_path;
        struct stat about;

        if (entry->d_name[0] == '.')
            continue;
        if (asprintf(&inner_full, "%s/%s", full, entry->d_name) < 0
            || asprintf(&inner_path, "%s/%s", path, entry->d_name) < 0
            || stat(inner_full, &about) != 0)
            die("can't read", full);
        if (S_ISDIR(about.st_mode))
            take_folder(site, inner_full, inner_path);
        else
            take_file(site, inner_full, inner_path);
        free(inner_full);
        free(inner_path);
    }
    closedir(folder);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static const char *type_of(const char *path)
{
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot && i < sizeof medias / sizeof medias[0]; i++)
        if (strcmp(dot, medias[i].extension) == 0)
            return medias[i].type;
    return "application/octet-stream";
}

/* Each file begins on a word. */
static size_t put_words(struct buffer *code, const struct buffer *bytes, size_t at)
{
    char text[32];

    for (size_t i = 0; i < bytes->size; i += 8) {
        uint64_t word = 0;
        const size_t left = bytes->size - i;

        memcpy(&word, bytes->bytes + i, left < 8 ? left : 8);
        snprintf(
            text, sizeof text, "0x%llx,%s", (unsigned long long)word, i / 8 % 8 == 7 ? "\n" : "");
        append_text(code, text);
        at += 8;
    }
    append_text(code, "\n");
    return at;
}

static void put_all_words(struct site *site, struct buffer *code)
{
    size_t at = 0;

    append_text(code, "/* On this machine's byte order, for this machine. */\n");
    append_text(code, "static const uint64_t words[] = {\n");
    for (size_t i = 0; i < site->count; i++) {
        struct file *file = &site->files[i];

        file->plain_at = at;
        at = put_words(code, &file->plain, at);
        file->packed_at = at;
        at = put_words(code, &file->packed, at);
    }
    append_text(code, "0 };\n\n#define AT(offset) ((const unsigned char *)words + (offset))\n\n");
}

static void put_row(struct buffer *code, const struct file *file)
{
    unsigned char sha[SHA256_DIGEST_LENGTH];
    char digest[33], packed[64] = "NULL, 0", *row;

    SHA256(file->plain.bytes, file->plain.size, sha);
    for (int i = 0; i < 16; i++)
        snprintf(digest + i * 2, 3, "%02x", sha[i]);
    if (file->packed.size)
        snprintf(packed, sizeof packed, "AT(%zu), %zu", file->packed_at, file->packed.size);

    if (asprintf(&row, "    { \"%s\", \"%s\", \"%s\", AT(%zu), %zu, %s, %s },\n", file->path,
            type_of(file->path), digest, file->plain_at, file->plain.size, packed,
            strncmp(file->path, "/assets/", 8) == 0 ? "true" : "false")
        < 0)
        die("memory for", file->path);
    append_text(code, row);
    free(row);
}

static void put_site(struct site *site, struct buffer *code)
{
    char count[64];

    append_text(code, "/* Made by tools/webembed.c. */\n#include <stdint.h>\n\n");
    append_text(code, "#include \"server/assets.h\"\n\n");
    put_all_words(site, code);
    append_text(code, "const struct asset assets[] = {\n");
    for (size_t i = 0; i < site->count; i++)
        put_row(code, &site->files[i]);

    /* An empty array is not C. */
    append_text(code, "    { .path = \"\", .bytes = AT(0) },\n};\n\n");
    snprintf(count, sizeof count, "const int assets_count = %zu;\n", site->count);
    append_text(code, count);
}

static bool is_unchanged(const char *path, const struct buffer *code)
{
    struct buffer old = { 0 };
    const bool same = read_file(path, &old) && old.size == code->size
        && memcmp(old.bytes, code->bytes, old.size) == 0;

    free(old.bytes);
    return same;
}

static void write_file(const char *path, const struct buffer *code)
{
    FILE *file = fopen(path, "wb");

    if (!file || fwrite(code->bytes, 1, code->size, file) != code->size || fclose(file) != 0)
        die("can't write", path);
}

static void free_site(struct site *site)
{
    for (size_t i = 0; i < site->count; i++) {
        free(site->files[i].path);
        free(site->files[i].plain.bytes);
        free(site->files[i].packed.bytes);
    }
}

int main(int count, char **words)
{
    static struct site site;
    struct buffer code = { 0 };

    if (count != 3) {
        fprintf(stderr, "usage: webembed FOLDER OUTPUT\n");
        return 64;
    }

    site.folder = words[1];
    take_folder(&site, words[1], "");
    qsort(site.files, site.count, sizeof site.files[0], by_path);
    put_site(&site, &code);
    if (!is_unchanged(words[2], &code))
        write_file(words[2], &code);
    free_site(&site);
    free(code.bytes);
    return 0;
}
