-- What identifiers in feeds and calendars begin with, for good; links follow the profile's base URL.
ALTER TABLE town ADD COLUMN identifier_base VARCHAR(300) NOT NULL DEFAULT '';
UPDATE town SET identifier_base = CAST(profile AS JSON) ->> 'baseUrl';
