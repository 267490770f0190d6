/*
 * Replays inputs without a fuzzer:
 *
 *     replay_cookie FOLDER ...
 *
 * Every file of the folders is run once. A folder that isn't there has nothing to say, but no file
 * at all is a mistake. The name of each file is printed before it runs, so the last one is to
 * blame.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(66);
    }

    const size_t length = (size_t)ftell(file);
    char *bytes = malloc(length);

    rewind(file);
    if ((length && !bytes) || fread(bytes, 1, length, file) != length) {
        perror(path);
        exit(66);
    }
    fclose(file);
    fuzz_run(bytes, length);
    free(bytes);
}

static int replay_folder(const char *folder)
{
    DIR *files = opendir(folder);
    int count = 0;

    if (!files)
        return 0;

    for (const struct dirent *file; (file = readdir(files));) {
        char path[4096];

        if (file->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        puts(path);
        fflush(stdout);
        replay(path);
        count++;
    }
    closedir(files);
    return count;
}

int main(int count, char **arguments)
{
    int files = 0;

    for (int i = 1; i < count; i++)
        files += replay_folder(arguments[i]);

    printf("%d inputs\n", files);
    return files ? 0 : 66;
}
