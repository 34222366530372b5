-- A row stands for as many as `size` says: a recipient, and `others` who were put off together with it before anything left for
-- them, as the page and the origin were theirs. A service that is down would have a row for each phone else. Each of `others` is
-- written as what its key is above the one before it, in base 36, with commas between. TEXT: a page is as large as its policy says.
ALTER TABLE dispatch_retry ADD COLUMN size INTEGER NOT NULL DEFAULT 1;
ALTER TABLE dispatch_retry ADD COLUMN others TEXT NOT NULL DEFAULT '';
