-- A town has an account for each theme that it gave one: `theme_id` says whose. `off_at`: it reposts nothing more for now;
-- `closed_at`: it is no more, and its name is nobody's again. `key_name`: what its key is called after the #.
ALTER TABLE fediverse_actor DROP CONSTRAINT fediverse_actor_kind;
ALTER TABLE fediverse_actor ADD COLUMN theme_id BIGINT;
ALTER TABLE fediverse_actor ADD COLUMN off_at BIGINT;
ALTER TABLE fediverse_actor ADD COLUMN closed_at BIGINT;
ALTER TABLE fediverse_actor ADD COLUMN key_name VARCHAR(32);
DROP INDEX fediverse_follower_inbox;
CREATE INDEX fediverse_follower_inbox ON fediverse_follower (town_id, inbox_id, actor_id);
