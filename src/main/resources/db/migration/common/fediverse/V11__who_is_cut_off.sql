-- Whom nothing is told any more, until all their followers are gone from the books: a whole server (HOST), or who is called so (ADDRESS).
CREATE TABLE fediverse_cut (
  town_id BIGINT       NOT NULL REFERENCES town (id),
  scope   VARCHAR(8)   NOT NULL,
  name    VARCHAR(400) NOT NULL,
  PRIMARY KEY (town_id, scope, name)
);

-- 1: it leaves even to somebody who is blocked meanwhile.
ALTER TABLE fediverse_letter ADD COLUMN owed SMALLINT NOT NULL DEFAULT 0;
