-- Lists of whom to keep out, servers (HOST) or accounts (ADDRESS), that somebody is looking at or has taken over. `body`: a name a line,
-- with what is said about it after a tab; emptied once all are kept out. Begun and not done: it broke off, and can be gone on with.
CREATE TABLE conversation_list (
  town_id   BIGINT           NOT NULL REFERENCES town (id),
  id        BIGINT           NOT NULL,
  scope     VARCHAR(8)       NOT NULL,
  title     VARCHAR(400)     NOT NULL,   -- what the file was called
  body      VARCHAR(4000000) NOT NULL,
  left_out  INTEGER          NOT NULL,   -- how many of its lines
  read_at   BIGINT           NOT NULL,
  read_by   BIGINT           NOT NULL,
  begun_at  BIGINT,
  done_at   BIGINT,
  lifted_at BIGINT,
  PRIMARY KEY (town_id, id)
);
CREATE INDEX conversation_list_read ON conversation_list (read_at);

-- A person may also stand there as ADDRESS: by the SHA-256 of what they are called, where nobody knows their identifier. `list_id`: by
-- which list it came.
ALTER TABLE conversation_block ADD COLUMN list_id BIGINT;
CREATE INDEX conversation_block_list ON conversation_block (town_id, list_id) WHERE list_id IS NOT NULL;

-- What was said about a notice and is not here: it was never kept, or its author took it back. By the SHA-256 of its identifier, so that
-- what answers it is known to be about that notice; with when it arrived (null: it was not kept), and the SHA-256 of whose it was, so that
-- nobody makes room for more by taking back.
CREATE TABLE conversation_departed (
  town_id    BIGINT       NOT NULL REFERENCES town (id),
  name       VARCHAR(64)  NOT NULL,
  notice_id  BIGINT,
  author     VARCHAR(64)  NOT NULL,
  host       VARCHAR(255) NOT NULL,
  arrived_at BIGINT,
  noted_at   BIGINT       NOT NULL,
  PRIMARY KEY (town_id, name)
);
CREATE INDEX conversation_departed_author ON conversation_departed (town_id, author, arrived_at) WHERE arrived_at IS NOT NULL;
CREATE INDEX conversation_departed_host ON conversation_departed (town_id, host, arrived_at) WHERE arrived_at IS NOT NULL;
CREATE INDEX conversation_departed_noted ON conversation_departed (noted_at);
