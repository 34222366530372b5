-- `approves_since`: since when an account is followed by those alone whom the town lets; null: by whoever asks.
-- `gated_since`, of the town's own: since when servers read what they are shown only where they say who they are.
ALTER TABLE fediverse_actor ADD COLUMN approves_since BIGINT;
ALTER TABLE fediverse_actor ADD COLUMN gated_since BIGINT;

-- Who has asked to follow an account that approves, and waits. Told nothing until then.
CREATE TABLE fediverse_asking (
  town_id   BIGINT        NOT NULL,
  id        BIGINT        NOT NULL,
  actor_id  BIGINT        NOT NULL,
  remote    VARCHAR(1024) NOT NULL,   -- their identifier
  follow    VARCHAR(1024) NOT NULL,   -- that of the activity by which they asked
  inbox     VARCHAR(1024) NOT NULL,
  shared    VARCHAR(1024) NOT NULL,   -- where all of their server read, or the same
  host      VARCHAR(255)  NOT NULL,
  handle    VARCHAR(1200) NOT NULL,
  displayed VARCHAR(200)  NOT NULL,
  page      VARCHAR(1024) NOT NULL,
  asked_at  BIGINT        NOT NULL,
  PRIMARY KEY (town_id, id),
  CONSTRAINT fediverse_asking_once UNIQUE (town_id, actor_id, remote),
  FOREIGN KEY (town_id, actor_id) REFERENCES fediverse_actor (town_id, id)
);
CREATE INDEX fediverse_asking_host ON fediverse_asking (town_id, actor_id, host);
CREATE INDEX fediverse_asking_at ON fediverse_asking (asked_at);

CREATE INDEX fediverse_actor_gated ON fediverse_actor (gated_since) WHERE gated_since IS NOT NULL;
