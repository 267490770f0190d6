/*
 * Book zip: the zip archive that an Excel workbook is, and the XML files in it.
 *
 * The sizes that an archive announces are checked against limits before anything is unpacked, and
 * what comes out is counted. An XML file is parsed while it is unpacked.
 */
#ifndef WORKBOOK_BOOK_ZIP_H
#define WORKBOOK_BOOK_ZIP_H

#include <expat.h>

#include "base/call.h"

/* The most files in an archive. */
#define BOOK_ENTRIES_MAX 10000
/* The most bytes of one unpacked file, and of all together. */
#define BOOK_UNPACKED_MAX ((uint64_t)4 << 30)
/* How many times larger an unpacked file of over 1 MiB may be. Sheets are 10 to 40 times larger. */
#define BOOK_RATIO_MAX 250

/* An open archive; closed when the call ends. */
struct book_zip;

/* Open the archive in `file`, a descriptor, and check its sizes. *book lives in call->arena.
 * FAULT_BAD_INPUT if it is no intact archive; FAULT_TOO_LARGE if it is over a limit. */
MUST_USE bool book_zip_open(struct call *call, int file, struct book_zip **book);

/* Whether there is a file with this name; case matters. */
bool book_zip_has(const struct book_zip *book, const char *name);

/* Read up to `room` bytes from the beginning of a file into `bytes`, and return how many; 0 if
 * there is no such file. */
size_t book_zip_peek(const struct book_zip *book, const char *name, char *bytes, size_t room);

/* What to do with an XML file. The functions are expat's, with names as "namespace|name". */
struct book_xml {
    XML_StartElementHandler start;
    XML_EndElementHandler end;
    XML_CharacterDataHandler text;
    void *context; /* the functions' first argument: a pointer to a struct that begins with this */
    XML_Parser parser; /* set while it runs */
    struct call *call; /* set while it runs; a fault in it ends the parsing */
};

/* Parse the XML file with this name. xml->context must point to *xml. FAULT_BAD_INPUT if it is
 * missing, damaged, no XML, or has a document type; and the fault that a function has recorded and
 * stopped with by book_xml_stop(). */
MUST_USE bool book_zip_parse(
    struct call *call, const struct book_zip *book, const char *name, struct book_xml *xml);

/* End the parsing; called by a function of struct book_xml after it has recorded a fault. */
void book_xml_stop(struct book_xml *xml);

/* The part of a name behind its namespace: "row" of "http://...|row". */
const char *book_xml_local(const char *name);

/* The value of the attribute with this local name; NULL if there is none. */
const char *book_xml_attribute(const XML_Char **attributes, const char *local);

#endif
