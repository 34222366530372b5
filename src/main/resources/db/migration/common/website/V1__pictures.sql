-- Which pictures the public may see, by the notices that show them; 0 once withdrawn or replaced, so that the answer is "gone".
CREATE TABLE website_picture (
  town_id   BIGINT       NOT NULL,
  hash      VARCHAR(128) NOT NULL,
  notice_id BIGINT       NOT NULL,
  shown     SMALLINT     NOT NULL,
  PRIMARY KEY (town_id, hash, notice_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE INDEX website_picture_of ON website_picture (town_id, notice_id);
