-- One row of facts about this installation.
CREATE TABLE instance (
  name  VARCHAR(64) NOT NULL PRIMARY KEY,
  value TEXT        NOT NULL
);
