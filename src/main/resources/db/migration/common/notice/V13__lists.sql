-- The studio's lists: by state or kind, the last touched first and then by id, so that each stops at its limit.
DROP INDEX notice_touched;
CREATE INDEX notice_touched ON notice (town_id, touched_at, id);
DROP INDEX notice_drafts;
CREATE INDEX notice_drafts ON notice (town_id, draft_state, touched_at, id);
CREATE INDEX notice_shown ON notice (town_id, public_state, touched_at, id);
CREATE INDEX notice_kinds ON notice (town_id, kind, touched_at, id);
-- Nobody asks any more when anything changed last.
DROP INDEX notice_changed;
