-- What a letter is left of, by its subject: the round is through long before the letter is.
DROP INDEX fediverse_letter_round;
ALTER TABLE fediverse_letter ADD COLUMN subject VARCHAR(64);
UPDATE fediverse_letter SET subject = (SELECT round.subject FROM fediverse_round AS round
  WHERE round.town_id = fediverse_letter.town_id AND round.id = fediverse_letter.round_id) WHERE round_id IS NOT NULL;
ALTER TABLE fediverse_letter DROP COLUMN round_id;
CREATE INDEX fediverse_letter_subject ON fediverse_letter (town_id, subject) WHERE subject IS NOT NULL;

-- Nobody gets the name of another, whatever two nodes know at that moment.
CREATE UNIQUE INDEX fediverse_actor_name ON fediverse_actor (town_id, name) WHERE name IS NOT NULL;

-- Whoever followed an account that is closed follows nothing.
DELETE FROM fediverse_follower WHERE EXISTS (SELECT 1 FROM fediverse_actor AS actor
  WHERE actor.town_id = fediverse_follower.town_id AND actor.id = fediverse_follower.actor_id AND actor.closed_at IS NOT NULL);
UPDATE fediverse_following SET left_at = (SELECT actor.closed_at FROM fediverse_actor AS actor
  WHERE actor.town_id = fediverse_following.town_id AND actor.id = fediverse_following.actor_id)
WHERE left_at IS NULL AND EXISTS (SELECT 1 FROM fediverse_actor AS actor
  WHERE actor.town_id = fediverse_following.town_id AND actor.id = fediverse_following.actor_id AND actor.closed_at IS NOT NULL);
UPDATE fediverse_inbox SET left_at = (SELECT MAX(following.left_at) FROM fediverse_following AS following
  WHERE following.town_id = fediverse_inbox.town_id AND following.inbox_id = fediverse_inbox.id)
WHERE left_at IS NULL AND NOT EXISTS (SELECT 1 FROM fediverse_follower AS follower
  WHERE follower.town_id = fediverse_inbox.town_id AND follower.inbox_id = fediverse_inbox.id);
