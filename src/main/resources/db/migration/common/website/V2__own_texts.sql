-- What a town adds in its own words to a standing page (about, accessibility, legal, privacy). Markdown.
CREATE TABLE website_text (
  town_id  BIGINT      NOT NULL,
  page     VARCHAR(32) NOT NULL,
  language VARCHAR(35) NOT NULL,
  markdown TEXT        NOT NULL,
  PRIMARY KEY (town_id, page, language),
  FOREIGN KEY (town_id) REFERENCES town (id)
);
