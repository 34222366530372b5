-- The journal: one chain over the whole instance, numbered from 1 without gaps. `mac` is 64 hexadecimal digits.
-- town_id 0 is the instance itself, person_id 0 the system; there are no foreign keys, since entries outlive both.
CREATE TABLE audit_entry (
  town_id   BIGINT       NOT NULL,
  number    BIGINT       NOT NULL,
  at        BIGINT       NOT NULL,
  person_id BIGINT       NOT NULL,
  action    VARCHAR(80)  NOT NULL,
  subject   VARCHAR(200) NOT NULL,
  details   TEXT         NOT NULL,
  mac       VARCHAR(64)  NOT NULL,
  PRIMARY KEY (town_id, number)
);
CREATE INDEX audit_entry_number ON audit_entry (number);

-- The end of the chain: one row, whose lock puts writers in a line. Global.
CREATE TABLE audit_head (
  id     SMALLINT    NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT      NOT NULL,
  mac    VARCHAR(64) NOT NULL
);
INSERT INTO audit_head (id, number, mac)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
