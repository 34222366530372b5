-- Global: one person may work for several towns.
CREATE TABLE person (
  id         BIGINT       NOT NULL PRIMARY KEY,
  email      VARCHAR(254),                    -- lower case; null once erased
  name       VARCHAR(120) NOT NULL,           -- empty once erased
  language   VARCHAR(16)  NOT NULL,
  password   VARCHAR(200),                    -- {bcrypt}…; null once erased
  created_at BIGINT       NOT NULL,
  CONSTRAINT person_email UNIQUE (email)
);

CREATE TABLE membership (
  town_id   BIGINT       NOT NULL REFERENCES town (id),
  person_id BIGINT       NOT NULL REFERENCES person (id),
  roles     VARCHAR(100) NOT NULL,            -- names of Role, separated by commas
  since     BIGINT       NOT NULL,
  ended_at  BIGINT,                           -- null while it lasts
  PRIMARY KEY (town_id, person_id)
);
CREATE INDEX membership_person ON membership (person_id);

-- A link that opens a door once: to join a town, or to choose a new password. Only its MAC is kept.
CREATE TABLE single_use_link (
  town_id    BIGINT       NOT NULL REFERENCES town (id),
  id         BIGINT       NOT NULL,
  purpose    VARCHAR(20)  NOT NULL,           -- JOIN, PASSWORD
  secret_mac VARCHAR(64)  NOT NULL,
  email      VARCHAR(254),                    -- JOIN: who is invited
  roles      VARCHAR(100),                    -- JOIN: to do what
  person_id  BIGINT REFERENCES person (id),   -- PASSWORD: whose
  created_by BIGINT       NOT NULL,           -- a person's id, or 0
  created_at BIGINT       NOT NULL,
  expires_at BIGINT       NOT NULL,
  ended_at   BIGINT,                          -- when it was used or taken back
  PRIMARY KEY (town_id, id),
  CONSTRAINT single_use_link_secret UNIQUE (town_id, secret_mac)
);

-- A program's way in. Only the MAC of the token is kept.
CREATE TABLE api_token (
  town_id    BIGINT        NOT NULL REFERENCES town (id),
  id         BIGINT        NOT NULL,
  person_id  BIGINT        NOT NULL REFERENCES person (id),
  label      VARCHAR(80)   NOT NULL,
  secret_mac VARCHAR(64)   NOT NULL,
  rights     VARCHAR(1000) NOT NULL,          -- names of Right, separated by commas
  created_at BIGINT        NOT NULL,
  expires_at BIGINT        NOT NULL,
  used_day   BIGINT,                          -- days since 1970-01-01 UTC; null if never used
  revoked_at BIGINT,
  PRIMARY KEY (town_id, id),
  CONSTRAINT api_token_secret UNIQUE (town_id, secret_mac)
);
CREATE INDEX api_token_person ON api_token (town_id, person_id);

-- Global: who is signed in. Only the MAC of the cookie's value is kept.
CREATE TABLE sign_in_session (
  id_mac     VARCHAR(64)  NOT NULL PRIMARY KEY,
  person_id  BIGINT REFERENCES person (id),
  device     VARCHAR(120) NOT NULL,           -- « Firefox, Linux »: to tell one's own sessions apart
  created_at BIGINT       NOT NULL,
  seen_at    BIGINT       NOT NULL,           -- to the minute
  expires_at BIGINT       NOT NULL,
  attributes TEXT         NOT NULL            -- serialized, Base64
);
CREATE INDEX sign_in_session_person ON sign_in_session (person_id);
CREATE INDEX sign_in_session_expiry ON sign_in_session (expires_at);
