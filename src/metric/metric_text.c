#include "metric/metric_text.h"

#include <inttypes.h>
#include <stdlib.h>

#include "metric/metric.h"

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };
enum metric_unit { METRIC_ONE, METRIC_SECONDS, METRIC_BYTES };

struct metric_row {
    const char *name, *about;
    enum metric_kind kind;
    enum metric_unit unit;
    enum metric_label labels[2];
    unsigned place;
};

struct label_row {
    const char *name;
    unsigned most;
    bool sparse; /* cells that are 0 are left out */
};

static const struct label_row labels[] = {
#define LABEL(label, name, most, sparse) { name, most, sparse },
#define METRIC(metric, name, kind, first, second, unit, about)
#include "metric/metric.def"
#undef LABEL
#undef METRIC
};

static const struct metric_row rows[] = {
#define LABEL(label, name, most, sparse)
#define METRIC(metric, name, kind, first, second, unit, about)                                     \
    { name, about, METRIC_##kind, METRIC_##unit, { LABEL_##first, LABEL_##second },                \
        METRIC_##metric },
#include "metric/metric.def"
#undef LABEL
#undef METRIC
};

static const char *const kinds[] = { "counter", "gauge", "histogram" };
static const char *const units[] = { "", "seconds", "bytes" };
static const int64_t text_bounds[] = { METRIC_BOUNDS };

#define ROWS_COUNT (sizeof rows / sizeof rows[0])

/* The cell in hand: its series, the values of its labels, and where it goes. */
struct metric_cell {
    FILE *out;
    const struct metric_row *row;
    unsigned values[2];
};

/* Six decimals of a number of microseconds, or a whole number. */
static void metric_put_value(FILE *out, enum metric_unit unit, int64_t value)
{
    if (unit == METRIC_SECONDS)
        fprintf(out, " %" PRId64 ".%06" PRId64 "\n", value / 1000000, value % 1000000);
    else
        fprintf(out, " %" PRId64 "\n", value);
}

/* {route="GET /health",le="0.001"}; nothing if there is no label at all. */
static void metric_put_labels(const struct metric_cell *cell, const char *bound)
{
    const char *between = "{";

    for (int i = 0; i < 2; i++) {
        const enum metric_label label = cell->row->labels[i];

        if (label == LABEL_NONE)
            continue;
        fprintf(cell->out, "%s%s=\"%s\"", between, labels[label].name,
            metric_label_value(label, cell->values[i]));
        between = ",";
    }
    if (bound) {
        fprintf(cell->out, "%sle=\"%s\"", between, bound);
        between = ",";
    }
    if (*between == ',')
        fputc('}', cell->out);
}

static void metric_put_sample(const struct metric_cell *cell, const char *suffix, const char *bound,
    enum metric_unit unit, int64_t value)
{
    fprintf(cell->out, "%s%s", cell->row->name, suffix);
    metric_put_labels(cell, bound);
    metric_put_value(cell->out, unit, value);
}

static void metric_put_bucket(const struct metric_cell *cell, unsigned bucket, int64_t count)
{
    const bool seconds = cell->row->unit == METRIC_SECONDS;
    char bound[24] = "+Inf";

    if (bucket < METRIC_BOUNDS_COUNT)
        snprintf(bound, sizeof bound, "%g",
            seconds ? (double)text_bounds[bucket] / 1000 : (double)text_bounds[bucket]);
    metric_put_sample(cell, "_bucket", bound, METRIC_ONE, count);
}

/* The count is that of the buckets, so that the two agree while others go on counting. */
static void metric_put_histogram(const struct metric_cell *cell, unsigned place)
{
    int64_t count = 0;

    for (unsigned bucket = 0; bucket <= METRIC_BOUNDS_COUNT; bucket++) {
        count += metric_value(place + bucket);
        metric_put_bucket(cell, bucket, count);
    }
    metric_put_sample(
        cell, "_sum", NULL, cell->row->unit, metric_value(place + METRIC_BOUNDS_COUNT + 1));
    metric_put_sample(cell, "_count", NULL, METRIC_ONE, count);
}

static bool metric_is_empty(const struct metric_row *row, unsigned place)
{
    const unsigned width = row->kind == METRIC_HISTOGRAM ? METRIC_BOUNDS_COUNT + 1 : 1;

    for (unsigned i = 0; i < width; i++)
        if (metric_value(place + i))
            return false;
    return true;
}

static bool metric_is_shown(const struct metric_cell *cell, unsigned place)
{
    bool sparse = false;

    for (int i = 0; i < 2; i++) {
        const enum metric_label label = cell->row->labels[i];

        if (label != LABEL_NONE && !*metric_label_value(label, cell->values[i]))
            return false;
        sparse |= labels[label].sparse;
    }
    return metric_value(place) != METRIC_UNKNOWN
        && !((sparse || cell->row->kind == METRIC_HISTOGRAM) && metric_is_empty(cell->row, place));
}

static void metric_put_cell(const struct metric_cell *cell, unsigned place)
{
    if (!metric_is_shown(cell, place))
        return;
    if (cell->row->kind == METRIC_HISTOGRAM)
        metric_put_histogram(cell, place);
    else
        metric_put_sample(cell, "", NULL, cell->row->unit, metric_value(place));
}

static void metric_put_series(FILE *out, const struct metric_row *row)
{
    const unsigned width =
        row->kind == METRIC_HISTOGRAM ? METRIC_HISTOGRAM_WIDTH : METRIC_COUNTER_WIDTH;
    const unsigned second_most = labels[row->labels[1]].most;
    unsigned place = row->place;

    fprintf(
        out, "# HELP %s %s\n# TYPE %s %s\n", row->name, row->about, row->name, kinds[row->kind]);
    for (unsigned first = 0; first < labels[row->labels[0]].most; first++)
        for (unsigned second = 0; second < second_most; second++, place += width)
            metric_put_cell(&(struct metric_cell){ out, row, { first, second } }, place);
}

const char *metric_text(struct arena *arena, size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);

    if (!out)
        abort();
    for (size_t i = 0; i < ROWS_COUNT; i++)
        metric_put_series(out, &rows[i]);
    if (fclose(out) != 0)
        abort();
    arena_defer(arena, free, text);
    return text;
}

static const char *markdown_label(const struct metric_row *row, int i)
{
    return row->labels[i] == LABEL_NONE ? "" : labels[row->labels[i]].name;
}

void metric_print_markdown(FILE *out)
{
    fprintf(out,
        "# Series of /metrics\n\n"
        "<!-- Written by `make docs` from src/metric/metric.def. -->\n\n"
        "[OPERATING.md](OPERATING.md#health) says how to get and read them.\n\n"
        "| series | kind | labels | unit | meaning |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < ROWS_COUNT; i++) {
        const char *first = markdown_label(&rows[i], 0), *second = markdown_label(&rows[i], 1);

        fprintf(out, "| `%s` | %s | %s%s%s | %s | %s |\n", rows[i].name, kinds[rows[i].kind], first,
            *second ? ", " : "", second, units[rows[i].unit], rows[i].about);
    }
}
