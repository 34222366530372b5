-- `widths`: of the stored sizes, narrowest first, separated by commas.
CREATE TABLE media_picture (
  town_id    BIGINT       NOT NULL,
  hash       VARCHAR(64)  NOT NULL,
  width      INTEGER      NOT NULL,
  height     INTEGER      NOT NULL,
  media_type VARCHAR(32)  NOT NULL,
  widths     VARCHAR(100) NOT NULL,
  added_at   BIGINT       NOT NULL,
  PRIMARY KEY (town_id, hash)
);
CREATE INDEX media_picture_added ON media_picture (town_id, added_at);
CREATE INDEX media_picture_age ON media_picture (added_at);

CREATE TABLE media_claim (
  town_id  BIGINT      NOT NULL,
  claimant VARCHAR(80) NOT NULL,
  hash     VARCHAR(64) NOT NULL,
  PRIMARY KEY (town_id, claimant, hash),
  FOREIGN KEY (town_id, hash) REFERENCES media_picture (town_id, hash)
);
CREATE INDEX media_claim_hash ON media_claim (town_id, hash);
