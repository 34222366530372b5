-- The town's accounts in the fediverse. Until somebody followed, name and address go with the town's settings; from `held_at`
-- on they never change, whatever address the town has later: other servers know the account by them.
CREATE TABLE fediverse_actor (
  town_id     BIGINT        NOT NULL REFERENCES town (id),
  id          BIGINT        NOT NULL,
  kind        VARCHAR(8)    NOT NULL,   -- TOWN, or INSTANCE: who asks other servers for something
  public_key  VARCHAR(1024) NOT NULL,   -- base64, X.509
  private_key VARCHAR(4096) NOT NULL,   -- wrapped PKCS #8
  made_at     BIGINT        NOT NULL,
  held_at     BIGINT,
  name        VARCHAR(255),             -- what stands before the @
  base        VARCHAR(255),             -- scheme, host and port
  PRIMARY KEY (town_id, id),
  CONSTRAINT fediverse_actor_kind UNIQUE (town_id, kind)
);

-- Inboxes of other servers, where many followers mostly share one: a recipient each. `id` is its key: it only grows.
-- `left_at`: nobody follows from there any more; for a while what it was told is still corrected and taken back.
CREATE TABLE fediverse_inbox (
  town_id BIGINT        NOT NULL REFERENCES town (id),
  id      BIGINT        NOT NULL,
  address VARCHAR(1024) NOT NULL,
  host    VARCHAR(255)  NOT NULL,
  shared  SMALLINT      NOT NULL,       -- 1: of a whole server; 0: of one account
  left_at BIGINT,
  PRIMARY KEY (town_id, id),
  CONSTRAINT fediverse_inbox_address UNIQUE (town_id, address)
);
CREATE INDEX fediverse_inbox_host ON fediverse_inbox (town_id, host);
CREATE INDEX fediverse_inbox_left ON fediverse_inbox (left_at) WHERE left_at IS NOT NULL;

-- Who follows. `remote` is the follower's identifier, `follow` that of the activity by which they asked.
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
CREATE INDEX fediverse_follower_inbox ON fediverse_follower (town_id, inbox_id);
CREATE INDEX fediverse_follower_remote ON fediverse_follower (town_id, remote);

-- Answers of the protocol on their way to one server, until it took them or they are given up.
CREATE TABLE fediverse_letter (
  town_id    BIGINT        NOT NULL REFERENCES town (id),
  id         BIGINT        NOT NULL,
  address    VARCHAR(1024) NOT NULL,
  host       VARCHAR(255)  NOT NULL,
  body       VARCHAR(8192) NOT NULL,
  attempts   INTEGER       NOT NULL,
  written_at BIGINT        NOT NULL,
  due_at     BIGINT        NOT NULL,
  PRIMARY KEY (town_id, id)
);
CREATE INDEX fediverse_letter_due ON fediverse_letter (due_at);
CREATE INDEX fediverse_letter_host ON fediverse_letter (town_id, host);

-- Requests that something was done about, by the SHA-256 of their signatures: while they could be replayed none counts twice.
CREATE TABLE fediverse_seen (
  town_id BIGINT      NOT NULL REFERENCES town (id),
  request VARCHAR(64) NOT NULL,
  seen_at BIGINT      NOT NULL,
  PRIMARY KEY (town_id, request)
);
CREATE INDEX fediverse_seen_at ON fediverse_seen (seen_at);
