/*
 * What the leak sanitizer may keep to itself. Linked into sanitized builds alone.
 *
 * libfontconfig loses one pattern of 256 bytes when it is first used, once a process, however often
 * it is used afterwards.
 */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
