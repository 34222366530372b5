-- What a program was answered to a request with an Idempotency-Key, written in the transaction of its effect. Kept 24 hours.
CREATE TABLE notice_idempotency (
  town_id         BIGINT       NOT NULL,
  person_id       BIGINT       NOT NULL,
  idempotency_key VARCHAR(255) NOT NULL,
  fingerprint     VARCHAR(64)  NOT NULL,
  at              BIGINT       NOT NULL,
  status          INTEGER,
  location        TEXT,
  body            TEXT,
  PRIMARY KEY (town_id, person_id, idempotency_key),
  FOREIGN KEY (town_id) REFERENCES town (id)
);
CREATE INDEX notice_idempotency_old ON notice_idempotency (at);
