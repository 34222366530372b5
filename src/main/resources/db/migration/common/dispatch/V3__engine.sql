-- What is carried to recipients. `frontier`: up to which slices were cut; `not_before`: when it may begin; `held`: whether a
-- person holds it back; `hours`: who of the audience is told by it (see Errand.Hours). `settled_at` of a dispatch with an
-- `upper_bound` is when everybody was accounted for, also of one that was stopped. A revision may go out over one channel
-- several times on one day: now, and to those whose quiet hours end later.
DROP INDEX dispatch_open;
ALTER TABLE dispatch RENAME TO dispatch_v2;
CREATE TABLE dispatch (
  town_id     BIGINT      NOT NULL,
  id          BIGINT      NOT NULL,
  notice_id   BIGINT      NOT NULL,
  revision    INTEGER     NOT NULL,
  channel     VARCHAR(32) NOT NULL,
  purpose     VARCHAR(16) NOT NULL,
  state       VARCHAR(16) NOT NULL,
  emergency   SMALLINT    NOT NULL,
  kind        VARCHAR(16) NOT NULL,
  themes      TEXT        NOT NULL,
  districts   TEXT        NOT NULL,
  hours       VARCHAR(32) NOT NULL,
  upper_bound BIGINT,
  frontier    BIGINT      NOT NULL,
  held        SMALLINT    NOT NULL,
  opened_at   BIGINT      NOT NULL,
  not_before  BIGINT      NOT NULL,
  until_at    BIGINT,
  settled_at  BIGINT,
  PRIMARY KEY (town_id, id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, emergency, kind, themes, districts, hours,
  upper_bound, frontier, held, opened_at, not_before, until_at, settled_at)
SELECT d.town_id, d.id, d.notice_id, d.revision, d.channel, d.purpose, d.state,
  CASE WHEN n.kind = 'EMERGENCY' THEN 1 ELSE 0 END, n.kind, '', '', 'ANY',
  d.upper_bound, 0, 0, d.opened_at, d.opened_at, d.until_at, d.settled_at
FROM dispatch_v2 d JOIN notice n ON n.town_id = d.town_id AND n.id = d.notice_id;
DROP TABLE dispatch_v2;
CREATE INDEX dispatch_of_notice ON dispatch (town_id, notice_id, channel, id);
-- Over all towns: what a worker looks for.
CREATE INDEX dispatch_unsettled ON dispatch (emergency, opened_at) WHERE settled_at IS NULL;

-- A range of a dispatch's recipients, (number, to_key]; number -1: those who are to be tried again.
CREATE TABLE dispatch_slice (
  town_id      BIGINT   NOT NULL,
  dispatch_id  BIGINT   NOT NULL,
  number       BIGINT   NOT NULL,
  to_key       BIGINT   NOT NULL,
  cursor_key   BIGINT   NOT NULL,
  begun_key    BIGINT   NOT NULL,
  sent_key     BIGINT   NOT NULL,
  under_way    SMALLINT NOT NULL,
  fence        BIGINT   NOT NULL,
  leased_until BIGINT   NOT NULL,
  done         SMALLINT NOT NULL,
  accepted     BIGINT   NOT NULL,
  gone         BIGINT   NOT NULL,
  failed       BIGINT   NOT NULL,
  expired      BIGINT   NOT NULL,
  unknown      BIGINT   NOT NULL,
  stopped      BIGINT   NOT NULL,
  first_at     BIGINT,
  last_at      BIGINT,
  delays       TEXT     NOT NULL,
  PRIMARY KEY (town_id, dispatch_id, number),
  FOREIGN KEY (town_id, dispatch_id) REFERENCES dispatch (town_id, id)
);

-- One recipient who is to be tried again.
CREATE TABLE dispatch_retry (
  town_id       BIGINT      NOT NULL,
  dispatch_id   BIGINT      NOT NULL,
  recipient_key BIGINT      NOT NULL,
  attempts      INTEGER     NOT NULL,
  due_at        BIGINT      NOT NULL,
  awaiting      SMALLINT    NOT NULL,
  under_way     SMALLINT    NOT NULL,
  reason        VARCHAR(64) NOT NULL,
  PRIMARY KEY (town_id, dispatch_id, recipient_key),
  FOREIGN KEY (town_id, dispatch_id) REFERENCES dispatch (town_id, id)
);
CREATE INDEX dispatch_retry_due ON dispatch_retry (town_id, dispatch_id, due_at);
