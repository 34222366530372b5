-- What changed for everybody, by the town's counter: open pages that lost their stream go on from where they were.
-- Bounded: what is written here takes the oldest away.
CREATE TABLE live_event (
  town_id   BIGINT      NOT NULL REFERENCES town (id),
  counter   BIGINT      NOT NULL, -- the town's, taken under its row's lock: a lower one never appears after a higher one
  step      VARCHAR(16) NOT NULL, -- LiveEvent.Step
  emergency SMALLINT    NOT NULL, -- whether the notice is an alert
  notice_id BIGINT      NOT NULL,
  at        BIGINT      NOT NULL,
  PRIMARY KEY (town_id, counter)
);
