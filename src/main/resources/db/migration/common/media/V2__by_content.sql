-- Files belong to all towns that have the picture: before one goes, any town that has it is looked for by its name alone.
CREATE INDEX media_picture_hash ON media_picture (hash);
-- Nothing lists a town's pictures by age.
DROP INDEX media_picture_added;
