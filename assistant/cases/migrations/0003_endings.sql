-- What has ended is found without reading every event: the list of open cases and the yearly tables ask for it.
CREATE UNIQUE INDEX events_archived ON events (case_id) WHERE struck_why IS NULL AND kind = 'archived';
CREATE INDEX events_ended_on ON events (happened, case_id)
    WHERE struck_why IS NULL AND kind IN ('replied', 'withdrawn');
