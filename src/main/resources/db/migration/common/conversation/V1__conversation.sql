-- What others said to the town over a channel, once by the name that their server gave it. `notice_id` is absent where it is about no
-- notice. Of what its author took back, and of what has been kept long enough, texts and names are emptied where the town has
-- answered it; else the row is gone.
CREATE TABLE conversation_message (
  town_id         BIGINT         NOT NULL REFERENCES town (id),
  id              BIGINT         NOT NULL,
  channel         VARCHAR(32)    NOT NULL,
  name            VARCHAR(1024)  NOT NULL,   -- its identifier
  notice_id       BIGINT,
  replies_to      VARCHAR(1024)  NOT NULL,   -- the identifier of what it answers; empty for a mention
  author          VARCHAR(1024)  NOT NULL,   -- identifier
  handle          VARCHAR(320)   NOT NULL,   -- name@host
  author_name     VARCHAR(400)   NOT NULL,
  author_link     VARCHAR(1024)  NOT NULL,
  host            VARCHAR(255)   NOT NULL,
  return_address  VARCHAR(1024)  NOT NULL,   -- where the channel answers
  html            VARCHAR(40000) NOT NULL,   -- sanitised
  attachments     VARCHAR(9000)  NOT NULL,   -- addresses, one a line
  language        VARCHAR(35)    NOT NULL,   -- BCP 47, or empty
  link            VARCHAR(1024)  NOT NULL,   -- where people read it
  is_public       SMALLINT       NOT NULL,
  links           INTEGER        NOT NULL,
  fingerprint     VARCHAR(64)    NOT NULL,   -- SHA-256 of its words, by which repeats are found; empty for a few words
  written_at      BIGINT         NOT NULL,
  arrived_at      BIGINT         NOT NULL,
  touched_at      BIGINT         NOT NULL,   -- when anything last happened to it: it is kept so long from then on
  changed_at      BIGINT,                    -- when its author last changed it
  gone_at         BIGINT,                    -- when its author took it back
  state           VARCHAR(8)     NOT NULL,   -- OPEN, DONE, HIDDEN
  read_at         BIGINT,
  assignee        BIGINT,
  note            VARCHAR(2000)  NOT NULL,   -- for colleagues
  removed_at      BIGINT,
  removed_by      BIGINT,
  removed_why     VARCHAR(16),
  removed_words   VARCHAR(2000),
  PRIMARY KEY (town_id, id),
  CONSTRAINT conversation_message_name UNIQUE (town_id, name),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE INDEX conversation_message_state ON conversation_message (town_id, state, notice_id, arrived_at);
CREATE INDEX conversation_message_notice ON conversation_message (town_id, notice_id, arrived_at);
CREATE INDEX conversation_message_author ON conversation_message (town_id, author);
CREATE INDEX conversation_message_host ON conversation_message (town_id, host, arrived_at);
CREATE INDEX conversation_message_words ON conversation_message (town_id, fingerprint);
CREATE INDEX conversation_message_touched ON conversation_message (touched_at);
CREATE INDEX conversation_message_removed ON conversation_message (removed_at) WHERE removed_at IS NOT NULL;

-- What the town answers. WAITING until a second person releases it, where the town asks for that.
CREATE TABLE conversation_answer (
  town_id       BIGINT        NOT NULL,
  id            BIGINT        NOT NULL,
  message_id    BIGINT        NOT NULL,
  notice_id     BIGINT,
  body          VARCHAR(4000) NOT NULL,
  language      VARCHAR(35)   NOT NULL,
  is_public     SMALLINT      NOT NULL,
  clarifies     SMALLINT      NOT NULL,      -- 1: it stands on the notice's page
  state         VARCHAR(10)   NOT NULL,      -- WAITING, SENT, WITHDRAWN
  written_at    BIGINT        NOT NULL,
  written_by    BIGINT        NOT NULL,
  sent_at       BIGINT,
  sent_by       BIGINT,
  withdrawn_at  BIGINT,
  withdrawn_by  BIGINT,
  PRIMARY KEY (town_id, id),
  FOREIGN KEY (town_id, message_id) REFERENCES conversation_message (town_id, id)
);
CREATE INDEX conversation_answer_message ON conversation_answer (town_id, message_id);
CREATE INDEX conversation_answer_notice ON conversation_answer (town_id, notice_id, sent_at) WHERE clarifies = 1;

-- Who liked or reposted a notice: nobody's name, only what tells two of them apart and finds one again that is taken back (SHA-256).
CREATE TABLE conversation_reaction (
  town_id    BIGINT       NOT NULL REFERENCES town (id),
  notice_id  BIGINT       NOT NULL,
  kind       VARCHAR(8)   NOT NULL,          -- LIKE, REPOST
  author     VARCHAR(64)  NOT NULL,
  activity   VARCHAR(64)  NOT NULL,
  host       VARCHAR(255) NOT NULL,
  arrived_at BIGINT       NOT NULL,
  PRIMARY KEY (town_id, notice_id, kind, author),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE INDEX conversation_reaction_author ON conversation_reaction (town_id, author);
CREATE INDEX conversation_reaction_arrived ON conversation_reaction (arrived_at);

-- What other servers report to the town's moderators: about its notices, or about the account where there is none.
CREATE TABLE conversation_report (
  town_id    BIGINT        NOT NULL REFERENCES town (id),
  id         BIGINT        NOT NULL,
  channel    VARCHAR(32)   NOT NULL,
  name       VARCHAR(1024) NOT NULL,
  host       VARCHAR(255)  NOT NULL,
  notice_id  BIGINT,
  body       VARCHAR(8000) NOT NULL,
  arrived_at BIGINT        NOT NULL,
  done_at    BIGINT,
  PRIMARY KEY (town_id, id),
  CONSTRAINT conversation_report_name UNIQUE (town_id, name),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE INDEX conversation_report_arrived ON conversation_report (arrived_at);

-- Of whom, or of which whole server, nothing is taken in.
CREATE TABLE conversation_block (
  town_id    BIGINT        NOT NULL REFERENCES town (id),
  id         BIGINT        NOT NULL,
  scope      VARCHAR(8)    NOT NULL,         -- AUTHOR, HOST
  name       VARCHAR(1024) NOT NULL,         -- an identifier, or a host
  shown      VARCHAR(400)  NOT NULL,         -- as the desk reads it
  blocked_at BIGINT        NOT NULL,
  blocked_by BIGINT        NOT NULL,
  PRIMARY KEY (town_id, id),
  CONSTRAINT conversation_block_name UNIQUE (town_id, scope, name)
);

-- How many were not kept because there were too many, or too long: by server and day.
CREATE TABLE conversation_dropped (
  town_id BIGINT       NOT NULL REFERENCES town (id),
  day     BIGINT       NOT NULL,             -- days since 1970-01-01
  host    VARCHAR(255) NOT NULL,
  amount  BIGINT       NOT NULL,
  PRIMARY KEY (town_id, day, host)
);

-- How a town answers; a town without a row has the defaults: whoever may answer does so at once, and no list of insults.
CREATE TABLE conversation_settings (
  town_id       BIGINT        NOT NULL REFERENCES town (id),
  second_person SMALLINT      NOT NULL,
  insults       VARCHAR(8000) NOT NULL,      -- one a line
  PRIMARY KEY (town_id)
);

CREATE TABLE conversation_saved_reply (
  town_id BIGINT        NOT NULL REFERENCES town (id),
  id      BIGINT        NOT NULL,
  title   VARCHAR(400)  NOT NULL,
  body    VARCHAR(4000) NOT NULL,
  PRIMARY KEY (town_id, id)
);
