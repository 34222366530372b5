-- What the studio searches in: the words of notice.folded, by notice.id. Kept by triggers, so that it is never stored
-- apart from the notice, nor backed up or restored.
CREATE VIRTUAL TABLE notice_search USING fts5 (town, words, content = '', contentless_delete = 1, detail = column);

INSERT INTO notice_search (rowid, town, words) SELECT id, town_id, folded FROM notice;

CREATE TRIGGER notice_search_added AFTER INSERT ON notice BEGIN
  INSERT INTO notice_search (rowid, town, words) VALUES (new.id, new.town_id, new.folded);
END;

CREATE TRIGGER notice_search_changed AFTER UPDATE OF folded ON notice WHEN new.folded <> old.folded BEGIN
  DELETE FROM notice_search WHERE rowid = old.id;
  INSERT INTO notice_search (rowid, town, words) VALUES (new.id, new.town_id, new.folded);
END;

CREATE TRIGGER notice_search_gone AFTER DELETE ON notice BEGIN
  DELETE FROM notice_search WHERE rowid = old.id;
END;
