-- The posts of a notice besides its first: each keeps its number, and gives it to no other.
CREATE TABLE fediverse_part (
  town_id        BIGINT  NOT NULL,
  notice_id      BIGINT  NOT NULL,
  number         INTEGER NOT NULL,
  place          INTEGER NOT NULL,
  since_revision INTEGER NOT NULL,
  gone_revision  INTEGER NOT NULL,
  PRIMARY KEY (town_id, notice_id, number),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
