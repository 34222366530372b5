-- What the town answers somebody is longer than what the protocol answers. SQLite holds no text to a length.
SELECT 1;
