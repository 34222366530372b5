-- A notice: where it stands, and what lists and timers ask for. The texts lie in its revisions.
CREATE TABLE notice (
  town_id            BIGINT       NOT NULL,
  id                 BIGINT       NOT NULL,
  kind               VARCHAR(16)  NOT NULL,
  draft_state        VARCHAR(16)  NOT NULL,
  public_state       VARCHAR(16)  NOT NULL,
  latest_revision    INTEGER      NOT NULL,
  public_revision    INTEGER,
  slug               VARCHAR(120) NOT NULL,
  title              TEXT         NOT NULL,
  folded             TEXT         NOT NULL,
  internal_note      TEXT         NOT NULL,
  created_at         BIGINT       NOT NULL,
  created_by         BIGINT       NOT NULL,
  touched_at         BIGINT       NOT NULL,
  touched_by         BIGINT       NOT NULL,
  due_at             BIGINT,
  until_at           BIGINT,
  starts_at          BIGINT,
  severity           INTEGER      NOT NULL,
  sequence           INTEGER      NOT NULL,
  first_published_at BIGINT,
  published_at       BIGINT,
  changed_at         BIGINT,
  withdrawn_at       BIGINT,
  withdrawal_reason  TEXT,
  PRIMARY KEY (town_id, id),
  FOREIGN KEY (town_id) REFERENCES town (id)
);
CREATE INDEX notice_current ON notice (town_id, public_state, first_published_at);
CREATE INDEX notice_events ON notice (town_id, public_state, kind, starts_at);
CREATE INDEX notice_archive ON notice (town_id, first_published_at);
CREATE INDEX notice_changed ON notice (town_id, changed_at);
CREATE INDEX notice_withdrawn ON notice (town_id, withdrawn_at);
CREATE INDEX notice_touched ON notice (town_id, touched_at);
CREATE INDEX notice_drafts ON notice (town_id, draft_state, touched_at);
CREATE INDEX notice_due ON notice (due_at) WHERE public_state = 'SCHEDULED';
CREATE INDEX notice_ending ON notice (until_at) WHERE public_state = 'PUBLISHED';
CREATE INDEX notice_ending_here ON notice (town_id, public_state, until_at);

-- The one working draft. Its content is JSON: nobody searches in it. `revision`: its number once submitted.
CREATE TABLE notice_draft (
  town_id       BIGINT  NOT NULL,
  notice_id     BIGINT  NOT NULL,
  version       BIGINT  NOT NULL,
  content       TEXT    NOT NULL,
  reason        TEXT    NOT NULL,
  revision      INTEGER,
  updated_at    BIGINT  NOT NULL,
  updated_by    BIGINT  NOT NULL,
  submitted_by  BIGINT,
  approved_by   BIGINT,
  approved_at   BIGINT,
  approved_hash VARCHAR(64),
  PRIMARY KEY (town_id, notice_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);

-- Who changed what approval covers since the last published revision: none of them may approve under four eyes.
CREATE TABLE notice_contributor (
  town_id   BIGINT NOT NULL,
  notice_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (town_id, notice_id, person_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);

-- Immutable, numbered at submission. `facts`: the content without its words, JSON.
CREATE TABLE notice_revision (
  town_id      BIGINT      NOT NULL,
  notice_id    BIGINT      NOT NULL,
  number       INTEGER     NOT NULL,
  facts        TEXT        NOT NULL,
  hash         VARCHAR(64) NOT NULL,
  reason       TEXT        NOT NULL,
  submitted_at BIGINT      NOT NULL,
  submitted_by BIGINT      NOT NULL,
  published_at BIGINT,
  PRIMARY KEY (town_id, notice_id, number),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);

CREATE TABLE notice_text (
  town_id   BIGINT      NOT NULL,
  notice_id BIGINT      NOT NULL,
  revision  INTEGER     NOT NULL,
  language  VARCHAR(35) NOT NULL,
  words     TEXT        NOT NULL,
  PRIMARY KEY (town_id, notice_id, revision, language),
  FOREIGN KEY (town_id, notice_id, revision) REFERENCES notice_revision (town_id, notice_id, number)
);

CREATE TABLE notice_rendition (
  town_id   BIGINT      NOT NULL,
  notice_id BIGINT      NOT NULL,
  revision  INTEGER     NOT NULL,
  channel   VARCHAR(32) NOT NULL,
  language  VARCHAR(35) NOT NULL,
  fields    TEXT        NOT NULL,
  edited    SMALLINT    NOT NULL,
  PRIMARY KEY (town_id, notice_id, revision, channel, language),
  FOREIGN KEY (town_id, notice_id, revision) REFERENCES notice_revision (town_id, notice_id, number)
);

-- What readers choose by, of the public revision only.
CREATE TABLE notice_theme (
  town_id   BIGINT NOT NULL,
  notice_id BIGINT NOT NULL,
  theme_id  BIGINT NOT NULL,
  PRIMARY KEY (town_id, notice_id, theme_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE TABLE notice_district (
  town_id     BIGINT NOT NULL,
  notice_id   BIGINT NOT NULL,
  district_id BIGINT NOT NULL,
  PRIMARY KEY (town_id, notice_id, district_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE TABLE notice_channel (
  town_id   BIGINT      NOT NULL,
  notice_id BIGINT      NOT NULL,
  channel   VARCHAR(32) NOT NULL,
  PRIMARY KEY (town_id, notice_id, channel),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);

-- Every step ever taken, with its reason. `person_id` 0: the clock.
CREATE TABLE notice_history (
  town_id      BIGINT      NOT NULL,
  id           BIGINT      NOT NULL,
  notice_id    BIGINT      NOT NULL,
  at           BIGINT      NOT NULL,
  person_id    BIGINT      NOT NULL,
  action       VARCHAR(16) NOT NULL,
  draft_state  VARCHAR(16) NOT NULL,
  public_state VARCHAR(16) NOT NULL,
  revision     INTEGER     NOT NULL,
  reason       TEXT        NOT NULL,
  PRIMARY KEY (town_id, id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE INDEX notice_history_of ON notice_history (town_id, notice_id, id);

CREATE TABLE notice_correction (
  town_id   BIGINT  NOT NULL,
  notice_id BIGINT  NOT NULL,
  revision  INTEGER NOT NULL,
  at        BIGINT  NOT NULL,
  reason    TEXT    NOT NULL,
  changes   TEXT    NOT NULL,
  PRIMARY KEY (town_id, notice_id, revision),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);

-- How many notices each month of the archive holds; kept by the publishing transaction.
CREATE TABLE notice_month (
  town_id BIGINT     NOT NULL,
  month   VARCHAR(7) NOT NULL,
  notices INTEGER    NOT NULL,
  PRIMARY KEY (town_id, month),
  FOREIGN KEY (town_id) REFERENCES town (id)
);

CREATE TABLE approval_policy (
  town_id BIGINT      NOT NULL,
  kind    VARCHAR(16) NOT NULL,
  policy  VARCHAR(16) NOT NULL,
  PRIMARY KEY (town_id, kind),
  FOREIGN KEY (town_id) REFERENCES town (id)
);
