-- Every version of what a town wrote on a standing page, newest last by id; the one that stands is in website_text too.
CREATE TABLE website_text_version (
  town_id   BIGINT      NOT NULL,
  id        BIGINT      NOT NULL,
  page      VARCHAR(32) NOT NULL,
  language  VARCHAR(35) NOT NULL,
  markdown  TEXT        NOT NULL,
  written_at BIGINT     NOT NULL,
  written_by BIGINT     NOT NULL,
  PRIMARY KEY (town_id, id),
  FOREIGN KEY (town_id) REFERENCES town (id)
);
CREATE INDEX website_text_version_of ON website_text_version (town_id, page, id);
