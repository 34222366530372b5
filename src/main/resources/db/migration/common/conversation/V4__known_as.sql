-- Of who is blocked by an address: the SHA-256 of the identifier that their server says is theirs, once it has said so.
ALTER TABLE conversation_block ADD COLUMN known_as VARCHAR(64);
CREATE INDEX conversation_block_known_as ON conversation_block (town_id, known_as) WHERE known_as IS NOT NULL;
