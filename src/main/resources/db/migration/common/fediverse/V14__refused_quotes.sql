-- Posts of others from which the town has taken back its leave to quote a notice: they do not get it again for a year, whatever becomes
-- of them. `post`: the SHA-256 of the identifier, since they are only to be known again.
CREATE TABLE fediverse_quote_refusal (
  town_id    BIGINT      NOT NULL REFERENCES town (id),
  post       VARCHAR(64) NOT NULL,
  refused_at BIGINT      NOT NULL,
  PRIMARY KEY (town_id, post)
);
CREATE INDEX fediverse_quote_refusal_at ON fediverse_quote_refusal (refused_at);
