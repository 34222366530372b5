-- A town has an account for each theme that it gave one: `theme_id` says whose. `off_at`: it reposts nothing more for now;
-- `closed_at`: it is no more, and its name is nobody's again. `key_name`: what its key is called after the #. SQLite drops no
-- constraint: both tables are written anew.
DROP INDEX fediverse_follower_inbox;
DROP INDEX fediverse_follower_remote;
ALTER TABLE fediverse_follower RENAME TO fediverse_follower_v4;
ALTER TABLE fediverse_actor RENAME TO fediverse_actor_v4;
CREATE TABLE fediverse_actor (
  town_id     BIGINT        NOT NULL REFERENCES town (id),
  id          BIGINT        NOT NULL,
  kind        VARCHAR(8)    NOT NULL,   -- TOWN, THEME, or INSTANCE: who asks other servers for something
  public_key  VARCHAR(1024) NOT NULL,   -- base64, X.509
  private_key VARCHAR(4096) NOT NULL,   -- wrapped PKCS #8
  made_at     BIGINT        NOT NULL,
  held_at     BIGINT,
  name        VARCHAR(255),             -- what stands before the @
  base        VARCHAR(255),             -- scheme, host and port
  domain      VARCHAR(255),
  theme_id    BIGINT,
  off_at      BIGINT,
  closed_at   BIGINT,
  key_name    VARCHAR(32),
  PRIMARY KEY (town_id, id)
);
INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at, held_at, name, base, domain)
SELECT town_id, id, kind, public_key, private_key, made_at, held_at, name, base, domain FROM fediverse_actor_v4;
CREATE TABLE fediverse_follower (
  town_id  BIGINT        NOT NULL,
  id       BIGINT        NOT NULL,
  actor_id BIGINT        NOT NULL,
  remote   VARCHAR(1024) NOT NULL,
  inbox_id BIGINT        NOT NULL,
  follow   VARCHAR(1024) NOT NULL,
  since    BIGINT        NOT NULL,
  PRIMARY KEY (town_id, id),
  CONSTRAINT fediverse_follower_once UNIQUE (town_id, actor_id, remote),
  FOREIGN KEY (town_id, actor_id) REFERENCES fediverse_actor (town_id, id),
  FOREIGN KEY (town_id, inbox_id) REFERENCES fediverse_inbox (town_id, id)
);
INSERT INTO fediverse_follower (town_id, id, actor_id, remote, inbox_id, follow, since)
SELECT town_id, id, actor_id, remote, inbox_id, follow, since FROM fediverse_follower_v4;
DROP TABLE fediverse_follower_v4;
DROP TABLE fediverse_actor_v4;
CREATE INDEX fediverse_follower_inbox ON fediverse_follower (town_id, inbox_id, actor_id);
CREATE INDEX fediverse_follower_remote ON fediverse_follower (town_id, remote);
