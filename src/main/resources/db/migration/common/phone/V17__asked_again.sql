-- When a phone that was told before, and has another address since, is asked once more to give back its token; null for all
-- others.
ALTER TABLE phone ADD COLUMN ask_at BIGINT;
UPDATE phone SET ask_at = pending_at WHERE pending_at IS NOT NULL AND chosen_at IS NOT NULL;
CREATE INDEX phone_ask ON phone (ask_at) WHERE ask_at IS NOT NULL;
