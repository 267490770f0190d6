-- A password that somebody else has chosen is good until its owner has chosen another: whoever has
-- one signs in with it, and may do nothing before that.
ALTER TABLE users ADD COLUMN must_change_password boolean NOT NULL DEFAULT false;
