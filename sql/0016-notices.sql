-- Notices are stored as what happened, and worded when they are read: the reader's language is not known
-- when they are written. The kinds are those of src/base/words.def; older notices keep their text.
CREATE TYPE notice_kind AS ENUM
    ('account_asked', 'promotion_asked', 'promotion_approved', 'promotion_refused', 'factor_removed');

ALTER TABLE notification
    ADD COLUMN kind   notice_kind,
    ADD COLUMN params jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(params) = 'object'),
    ALTER COLUMN title DROP NOT NULL,
    ALTER COLUMN message DROP NOT NULL,
    ADD CHECK ((kind IS NULL) = (title IS NOT NULL)),
    ADD CHECK ((title IS NULL) = (message IS NULL));
