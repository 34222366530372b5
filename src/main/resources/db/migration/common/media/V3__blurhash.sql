-- What a picture looks like from very far, in a few characters; NULL: not made yet, empty: it cannot be made.
ALTER TABLE media_picture ADD COLUMN blurhash VARCHAR(40);
CREATE INDEX media_picture_unblurred ON media_picture (hash) WHERE blurhash IS NULL;
