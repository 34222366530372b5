-- What the studio searches in: the words of notice.folded.
CREATE INDEX notice_search ON notice USING GIN (to_tsvector('simple', folded));
