-- What was taken back, by the SHA-256 of who took it back and its identifier: what comes late, or again, does not bring it back.
CREATE TABLE conversation_tombstone (
  town_id BIGINT      NOT NULL REFERENCES town (id),
  name    VARCHAR(64) NOT NULL,
  gone_at BIGINT      NOT NULL,
  PRIMARY KEY (town_id, name)
);
CREATE INDEX conversation_tombstone_gone ON conversation_tombstone (gone_at);

-- `edited_at`: when its author last changed it, by their own clock: what is older does not take its place.
-- `version` grows with all that whoever answers or moderates has to have seen: its text, what was answered, whether it is hidden.
ALTER TABLE conversation_message ADD COLUMN edited_at BIGINT;
ALTER TABLE conversation_message ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

-- ANSWER; STATEMENT: why something was hidden; DECISION: what came of contesting that. The last two go with what they are about.
-- `carried`, `carried_at`: what became of it on its way: UNDERWAY, ACCEPTED, REFUSED, GIVEN_UP, NOT_SENT, UNKNOWN; null where nobody can tell.
ALTER TABLE conversation_answer ADD COLUMN kind VARCHAR(10) NOT NULL DEFAULT 'ANSWER';
ALTER TABLE conversation_answer ADD COLUMN carried VARCHAR(10);
ALTER TABLE conversation_answer ADD COLUMN carried_at BIGINT;

-- That something was hidden may be contested by whoever has the token (kept as its SHA-256). `body` is null until somebody does.
CREATE TABLE conversation_appeal (
  town_id      BIGINT        NOT NULL,
  id           BIGINT        NOT NULL,
  message_id   BIGINT        NOT NULL,
  token        VARCHAR(64)   NOT NULL,
  language     VARCHAR(35)   NOT NULL,      -- in which its author was told
  removed_at   BIGINT        NOT NULL,
  removed_by   BIGINT        NOT NULL,
  removed_why  VARCHAR(16)   NOT NULL,
  removed_words VARCHAR(2000) NOT NULL,
  until        BIGINT        NOT NULL,      -- no later
  body         VARCHAR(8000),
  filed_at     BIGINT,
  granted      SMALLINT,
  decided_at   BIGINT,
  decided_by   BIGINT,
  words        VARCHAR(2000),               -- told with the decision
  PRIMARY KEY (town_id, id),
  CONSTRAINT conversation_appeal_token UNIQUE (town_id, token),
  FOREIGN KEY (town_id, message_id) REFERENCES conversation_message (town_id, id)
);
CREATE INDEX conversation_appeal_message ON conversation_appeal (town_id, message_id);
CREATE INDEX conversation_appeal_waiting ON conversation_appeal (town_id, filed_at) WHERE filed_at IS NOT NULL AND decided_at IS NULL;

-- How many came of a kind (MESSAGE, REACTION, TAKEN_BACK) from one server in a day.
CREATE TABLE conversation_arrived (
  town_id BIGINT       NOT NULL REFERENCES town (id),
  day     BIGINT       NOT NULL,             -- days since 1970-01-01
  host    VARCHAR(255) NOT NULL,
  kind    VARCHAR(10)  NOT NULL,
  amount  BIGINT       NOT NULL,
  PRIMARY KEY (town_id, day, host, kind)
);
CREATE INDEX conversation_arrived_day ON conversation_arrived (day);
CREATE INDEX conversation_dropped_day ON conversation_dropped (day);

-- How answers to a notice are taken in where that is not as usual: SLOW, STOPPED.
CREATE TABLE conversation_pace (
  town_id   BIGINT     NOT NULL REFERENCES town (id),
  notice_id BIGINT     NOT NULL,
  pace      VARCHAR(8) NOT NULL,
  since     BIGINT     NOT NULL,
  set_by    BIGINT     NOT NULL,
  PRIMARY KEY (town_id, notice_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);

-- Of a person the SHA-256 of their identifier stands there from now on, and their name for a year. `remark`: why, where a list says so.
ALTER TABLE conversation_block ADD COLUMN remark VARCHAR(2000) NOT NULL DEFAULT '';
CREATE INDEX conversation_block_shown ON conversation_block (scope, blocked_at);

DROP INDEX conversation_message_state;
CREATE INDEX conversation_message_state ON conversation_message (town_id, state, notice_id, arrived_at, read_at);
CREATE INDEX conversation_message_unread ON conversation_message (town_id, state, read_at) WHERE state = 'OPEN' AND read_at IS NULL;
DROP INDEX conversation_message_touched;
CREATE INDEX conversation_message_touched ON conversation_message (touched_at) WHERE author <> '';
CREATE INDEX conversation_report_waiting ON conversation_report (town_id, arrived_at) WHERE done_at IS NULL;
CREATE INDEX conversation_report_host ON conversation_report (town_id, host, arrived_at);
