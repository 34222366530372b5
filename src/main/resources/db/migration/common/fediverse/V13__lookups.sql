-- Addresses of people who are blocked (`alice@other.example`), until their server has said which account that is: identifiers do not
-- always show it. `due_at`: when it is asked next.
CREATE TABLE fediverse_lookup (
  town_id  BIGINT       NOT NULL REFERENCES town (id),
  address  VARCHAR(400) NOT NULL,
  attempts INTEGER      NOT NULL,
  due_at   BIGINT       NOT NULL,
  PRIMARY KEY (town_id, address)
);
CREATE INDEX fediverse_lookup_due ON fediverse_lookup (due_at);
