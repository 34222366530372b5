-- 1: whoever has this phone agreed to be told of exercises. Nobody did before they were asked.
ALTER TABLE phone ADD COLUMN exercises SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE phone_choice ADD COLUMN exercises SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE phone_code ADD COLUMN exercises SMALLINT NOT NULL DEFAULT 0;
