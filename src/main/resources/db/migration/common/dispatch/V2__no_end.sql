-- `until_at`: when nothing of it may leave any more; null where what goes is only that the notice is gone (a withdrawal,
-- a correction that takes it off this channel): that has no end. SQLite cannot lift a NOT NULL, so the table is made anew.
DROP INDEX dispatch_open;
ALTER TABLE dispatch RENAME TO dispatch_v1;
CREATE TABLE dispatch (
  town_id     BIGINT      NOT NULL,
  id          BIGINT      NOT NULL,
  notice_id   BIGINT      NOT NULL,
  revision    INTEGER     NOT NULL,
  channel     VARCHAR(32) NOT NULL,
  purpose     VARCHAR(16) NOT NULL,
  state       VARCHAR(16) NOT NULL,
  upper_bound BIGINT,
  until_at    BIGINT,
  opened_at   BIGINT      NOT NULL,
  settled_at  BIGINT,
  PRIMARY KEY (town_id, id),
  UNIQUE (town_id, notice_id, revision, channel, purpose),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, upper_bound, until_at, opened_at, settled_at)
SELECT town_id, id, notice_id, revision, channel, purpose, state, upper_bound,
  CASE WHEN purpose = 'WITHDRAWAL' THEN NULL ELSE until_at END, opened_at, settled_at
FROM dispatch_v1;
DROP TABLE dispatch_v1;
CREATE INDEX dispatch_open ON dispatch (town_id, state, until_at) WHERE state = 'OPEN';
