CREATE UNIQUE INDEX fediverse_actor_kind ON fediverse_actor (town_id, kind) WHERE theme_id IS NULL;
CREATE UNIQUE INDEX fediverse_actor_theme ON fediverse_actor (town_id, theme_id) WHERE theme_id IS NOT NULL AND closed_at IS NULL;

-- Which of the town's accounts are followed from which inbox: a row each, however many people follow. `left_at`: nobody follows
-- that account from there any more; for a while what it was told is still corrected and taken back.
CREATE TABLE fediverse_following (
  town_id  BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  actor_id BIGINT NOT NULL,
  left_at  BIGINT,
  PRIMARY KEY (town_id, inbox_id, actor_id),
  FOREIGN KEY (town_id, actor_id) REFERENCES fediverse_actor (town_id, id),
  FOREIGN KEY (town_id, inbox_id) REFERENCES fediverse_inbox (town_id, id)
);
CREATE INDEX fediverse_following_actor ON fediverse_following (town_id, actor_id, inbox_id);
CREATE INDEX fediverse_following_left ON fediverse_following (left_at) WHERE left_at IS NOT NULL;
INSERT INTO fediverse_following (town_id, inbox_id, actor_id, left_at)
SELECT inbox.town_id, inbox.id, actor.id, inbox.left_at
FROM fediverse_inbox inbox JOIN fediverse_actor actor ON actor.town_id = inbox.town_id AND actor.kind = 'TOWN';

-- Who signs a letter; null: the town's account. `round_id`: what it is left of.
ALTER TABLE fediverse_letter ADD COLUMN actor_id BIGINT;
ALTER TABLE fediverse_letter ADD COLUMN round_id BIGINT;
CREATE INDEX fediverse_letter_round ON fediverse_letter (town_id, round_id) WHERE round_id IS NOT NULL;

-- What one account tells all who follow it, and is no notice. `done_to`: the inbox up to which they were told; `up_to`: the last
-- there was when it was written. `subject`: of one only the oldest is carried. `due_at`: until then somebody carries it.
CREATE TABLE fediverse_round (
  town_id    BIGINT         NOT NULL,
  id         BIGINT         NOT NULL,
  actor_id   BIGINT         NOT NULL,
  subject    VARCHAR(64)    NOT NULL,
  body       VARCHAR(65536) NOT NULL,
  done_to    BIGINT         NOT NULL,
  up_to      BIGINT         NOT NULL,
  written_at BIGINT         NOT NULL,
  due_at     BIGINT         NOT NULL,
  PRIMARY KEY (town_id, id),
  FOREIGN KEY (town_id, actor_id) REFERENCES fediverse_actor (town_id, id)
);
CREATE INDEX fediverse_round_due ON fediverse_round (due_at);
CREATE INDEX fediverse_round_subject ON fediverse_round (town_id, subject, id);

-- Posts of others that the town has reposted. Taken back, only what its address answers is kept.
CREATE TABLE fediverse_repost (
  town_id      BIGINT        NOT NULL REFERENCES town (id),
  id           BIGINT        NOT NULL,
  post         VARCHAR(1024) NOT NULL,   -- its identifier
  author       VARCHAR(1024) NOT NULL,
  author_name  VARCHAR(2048) NOT NULL,
  author_page  VARCHAR(1024) NOT NULL,
  author_inbox VARCHAR(1024) NOT NULL,
  page         VARCHAR(1024) NOT NULL,
  text         VARCHAR(65536) NOT NULL,
  language     VARCHAR(35),
  reposted_at  BIGINT        NOT NULL,
  undone_at    BIGINT,
  PRIMARY KEY (town_id, id)
);
CREATE UNIQUE INDEX fediverse_repost_once ON fediverse_repost (town_id, post) WHERE undone_at IS NULL;
CREATE INDEX fediverse_repost_author ON fediverse_repost (town_id, author) WHERE undone_at IS NULL;
CREATE INDEX fediverse_repost_newest ON fediverse_repost (town_id, reposted_at, id) WHERE undone_at IS NULL;

-- Notices that stand first on the town's account.
CREATE TABLE fediverse_pin (
  town_id   BIGINT NOT NULL,
  notice_id BIGINT NOT NULL,
  pinned_at BIGINT NOT NULL,
  PRIMARY KEY (town_id, notice_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
