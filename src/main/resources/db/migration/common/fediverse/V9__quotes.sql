-- Posts of others that quote a notice with the town's leave. `revoked_at`: since when it holds no more; `told_at`: since when whoever
-- quotes has a letter that says so.
CREATE TABLE fediverse_quote (
  town_id    BIGINT        NOT NULL,
  id         BIGINT        NOT NULL,
  notice_id  BIGINT        NOT NULL,
  post       VARCHAR(1024) NOT NULL,   -- the identifier of what quotes
  author     VARCHAR(1024) NOT NULL,
  host       VARCHAR(255)  NOT NULL,
  inbox      VARCHAR(1024) NOT NULL,
  granted_at BIGINT        NOT NULL,
  revoked_at BIGINT,
  told_at    BIGINT,
  PRIMARY KEY (town_id, id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE UNIQUE INDEX fediverse_quote_once ON fediverse_quote (town_id, notice_id, post) WHERE revoked_at IS NULL;
CREATE INDEX fediverse_quote_author ON fediverse_quote (town_id, author);
CREATE INDEX fediverse_quote_host ON fediverse_quote (town_id, host, granted_at);
CREATE INDEX fediverse_quote_untold ON fediverse_quote (revoked_at) WHERE revoked_at IS NOT NULL AND told_at IS NULL;

-- Accounts elsewhere that the town had before, by their identifiers, a line each.
ALTER TABLE fediverse_actor ADD COLUMN aliases VARCHAR(8192);

-- What a round is signed with where that is not what its account signs with now: whoever hears of a new key knows the old one.
ALTER TABLE fediverse_round ADD COLUMN key_name VARCHAR(32);
ALTER TABLE fediverse_round ADD COLUMN private_key VARCHAR(4096);
