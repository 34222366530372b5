-- Phones that asked to be told. What a push service needs to reach one, what it wants to hear, and the months; nothing of
-- whose it is. `id` is the recipient's key: it only grows. A phone whose `token_mac` is set has still to give back the
-- token that was pushed to it. The choices are those in force; `chosen_at` is null until it was active once.
CREATE TABLE phone (
  town_id      BIGINT        NOT NULL REFERENCES town (id),
  id           BIGINT        NOT NULL,
  endpoint     VARCHAR(1024) NOT NULL,
  endpoint_mac VARCHAR(64)   NOT NULL,
  public_key   VARCHAR(88)   NOT NULL,   -- base64url, 65 bytes
  secret       VARCHAR(24)   NOT NULL,   -- base64url, 16 bytes
  origin       VARCHAR(255)  NOT NULL,   -- the push service's host
  known_origin SMALLINT      NOT NULL,   -- 1: one of the services that browsers bring
  active       SMALLINT      NOT NULL,
  token_mac    VARCHAR(64),
  pending_at   BIGINT,                   -- when the token was made; null once active
  since_month  INTEGER       NOT NULL,   -- months since January 1970
  seen_month   INTEGER       NOT NULL,
  kinds        VARCHAR(64)   NOT NULL,   -- with commas between; empty is all
  themes       VARCHAR(2000) NOT NULL,
  districts    VARCHAR(2000) NOT NULL,
  quiet_from   SMALLINT,
  quiet_until  SMALLINT,
  language     VARCHAR(35)   NOT NULL,
  chosen_at    BIGINT,
  PRIMARY KEY (town_id, id),
  CONSTRAINT phone_endpoint UNIQUE (town_id, endpoint_mac)
);
CREATE INDEX phone_pending ON phone (town_id, pending_at) WHERE pending_at IS NOT NULL;
CREATE INDEX phone_quiet ON phone (town_id, quiet_until, quiet_from) WHERE quiet_until IS NOT NULL;
CREATE INDEX phone_unknown ON phone (town_id, known_origin) WHERE known_origin = 0;

-- Choices that others took the place of: a correction goes to whom they let a notice reach.
CREATE TABLE phone_choice (
  town_id     BIGINT        NOT NULL,
  phone_id    BIGINT        NOT NULL,
  from_at     BIGINT        NOT NULL,
  until_at    BIGINT        NOT NULL,
  kinds       VARCHAR(64)   NOT NULL,
  themes      VARCHAR(2000) NOT NULL,
  districts   VARCHAR(2000) NOT NULL,
  quiet_from  SMALLINT,
  quiet_until SMALLINT,
  language    VARCHAR(35)   NOT NULL,
  PRIMARY KEY (town_id, phone_id, from_at),
  FOREIGN KEY (town_id, phone_id) REFERENCES phone (town_id, id) ON DELETE CASCADE
);

-- A short code that carries choices, and nothing else, to another phone: once, and for a quarter of an hour.
CREATE TABLE phone_code (
  town_id     BIGINT        NOT NULL REFERENCES town (id),
  code_mac    VARCHAR(64)   NOT NULL,
  expires_at  BIGINT        NOT NULL,
  kinds       VARCHAR(64)   NOT NULL,
  themes      VARCHAR(2000) NOT NULL,
  districts   VARCHAR(2000) NOT NULL,
  quiet_from  SMALLINT,
  quiet_until SMALLINT,
  language    VARCHAR(35)   NOT NULL,
  PRIMARY KEY (town_id, code_mac)
);
CREATE INDEX phone_code_expiry ON phone_code (town_id, expires_at);

-- The key by which push services know the town again (RFC 8292); its private half wrapped by the master key.
CREATE TABLE phone_vapid (
  town_id     BIGINT       NOT NULL PRIMARY KEY REFERENCES town (id),
  public_key  VARCHAR(88)  NOT NULL,
  private_key VARCHAR(512) NOT NULL
);
