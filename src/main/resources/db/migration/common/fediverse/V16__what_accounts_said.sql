-- What an account last told of itself to all who follow it (a digest of it), and when. `told` null: nobody knows, as before its first follower.
-- `changed_at`: since when it may look otherwise, and nobody has been told yet.
ALTER TABLE fediverse_actor ADD COLUMN told VARCHAR(64);
ALTER TABLE fediverse_actor ADD COLUMN told_at BIGINT;
ALTER TABLE fediverse_actor ADD COLUMN changed_at BIGINT;
CREATE INDEX fediverse_actor_changed ON fediverse_actor (changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX fediverse_actor_untold ON fediverse_actor (held_at) WHERE held_at IS NOT NULL AND told IS NULL;
