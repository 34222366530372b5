-- Global: a request's host leads to a town before any town is known.
CREATE TABLE town (
  id            BIGINT       NOT NULL PRIMARY KEY,
  slug          VARCHAR(63)  NOT NULL,
  type          VARCHAR(16)  NOT NULL,
  code          VARCHAR(9)   NOT NULL,
  name          VARCHAR(200) NOT NULL,
  origin        TEXT         NOT NULL, -- JSON, Town.Origin
  profile       TEXT         NOT NULL, -- JSON, Profile
  demonstration SMALLINT     NOT NULL,
  counter       BIGINT       NOT NULL, -- raised under the row's lock by every public transition
  version       BIGINT       NOT NULL, -- raised by every change of the profile
  created_at    BIGINT       NOT NULL,
  changed_at    BIGINT       NOT NULL,
  CONSTRAINT town_slug UNIQUE (slug)
);

-- Global: host names are unique over all towns.
CREATE TABLE town_host (
  host    VARCHAR(253) NOT NULL PRIMARY KEY,
  town_id BIGINT       NOT NULL REFERENCES town (id)
);
CREATE INDEX town_host_town ON town_host (town_id);

CREATE TABLE district (
  town_id  BIGINT      NOT NULL REFERENCES town (id),
  id       BIGINT      NOT NULL,
  slug     VARCHAR(80) NOT NULL,
  names    TEXT        NOT NULL, -- JSON, by BCP 47 tag
  position INTEGER     NOT NULL,
  active   SMALLINT    NOT NULL,
  PRIMARY KEY (town_id, id),
  CONSTRAINT district_slug UNIQUE (town_id, slug)
);

CREATE TABLE theme (
  town_id  BIGINT      NOT NULL REFERENCES town (id),
  id       BIGINT      NOT NULL,
  slug     VARCHAR(80) NOT NULL,
  names    TEXT        NOT NULL, -- JSON, by BCP 47 tag
  position INTEGER     NOT NULL,
  active   SMALLINT    NOT NULL,
  PRIMARY KEY (town_id, id),
  CONSTRAINT theme_slug UNIQUE (town_id, slug)
);
