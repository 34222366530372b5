-- 1: it carries an exercise: to those alone who agreed to exercises, and after every alert.
ALTER TABLE dispatch ADD COLUMN exercise SMALLINT NOT NULL DEFAULT 0;
