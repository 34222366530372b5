-- What stands after the @: null while it is the host of the account's own address.
ALTER TABLE fediverse_actor ADD COLUMN domain VARCHAR(255);

-- How many followed the town's account on a day (UTC, counted from 1970-01-01), and from how many servers.
CREATE TABLE fediverse_day (
  town_id   BIGINT NOT NULL REFERENCES town (id),
  day       BIGINT NOT NULL,
  followers BIGINT NOT NULL,
  servers   BIGINT NOT NULL,
  PRIMARY KEY (town_id, day)
);
