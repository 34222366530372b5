-- What the town answers somebody is longer than what the protocol answers.
ALTER TABLE fediverse_letter ALTER COLUMN body TYPE VARCHAR(65536);
