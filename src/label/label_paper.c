#include "label/label_paper.h"

static const char *const label_paper_words[] = {
    NULL,
#define PAPER(name, word, ...) word,
#include "label/label_paper.def"
#undef PAPER
};

const struct word_set label_paper_set = WORD_SET(label_paper, label_paper_words);

static const struct label_measures label_papers[] = {
    { 0 },
#define PAPER(name, word, ...) { __VA_ARGS__ },
#include "label/label_paper.def"
#undef PAPER
};

/* Label printers leave a millimetre at the edge, and sheets are cut that precisely. */
#define LABEL_EDGE 10

/* Of a label's height, in hundredths; the QR code has the rest. */
#define LABEL_CODE_SHARE 15
#define LABEL_NAME_SHARE 10

const struct label_measures *label_paper_measures(enum label_paper paper)
{
    return &label_papers[paper];
}

bool label_paper_is_roll(enum label_paper paper)
{
    return label_papers[paper].columns * label_papers[paper].rows == 1;
}

struct label_parts label_parts_of(const struct label_measures *measures)
{
    const int code_high = measures->high * LABEL_CODE_SHARE / 100;
    const int name_high = measures->high * LABEL_NAME_SHARE / 100;
    const int free_high = measures->high - 2 * LABEL_EDGE - code_high - name_high;
    const int free_wide = measures->wide - 2 * LABEL_EDGE;
    const int side = free_high < free_wide ? free_high : free_wide;

    return (struct label_parts){ .qr_left = (measures->wide - side) / 2,
        .qr_top = LABEL_EDGE,
        .qr_side = side,
        .code_top = LABEL_EDGE + side,
        .code_high = code_high,
        .name_top = LABEL_EDGE + side + code_high,
        .name_high = name_high,
        .inset = LABEL_EDGE };
}
