-- One revision going out over one channel. `upper_bound`: the highest recipient key when it was published; a dispatch to
-- a million recipients is this one row. Channels that are only shown have no recipients.
CREATE TABLE dispatch (
  town_id     BIGINT      NOT NULL,
  id          BIGINT      NOT NULL,
  notice_id   BIGINT      NOT NULL,
  revision    INTEGER     NOT NULL,
  channel     VARCHAR(32) NOT NULL,
  purpose     VARCHAR(16) NOT NULL,
  state       VARCHAR(16) NOT NULL,
  upper_bound BIGINT,
  until_at    BIGINT      NOT NULL,
  opened_at   BIGINT      NOT NULL,
  settled_at  BIGINT,
  PRIMARY KEY (town_id, id),
  UNIQUE (town_id, notice_id, revision, channel, purpose),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE INDEX dispatch_open ON dispatch (town_id, state, until_at) WHERE state = 'OPEN';
