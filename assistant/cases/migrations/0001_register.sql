-- The register of disclosure requests. One case = one letter received. Nothing that can be computed is stored:
-- status, deadline and every figure of the yearly report follow from these rows.
-- Days are ISO dates, moments ISO date-times with their zone. Written in the SQL that SQLite and PostgreSQL share.

CREATE TABLE counters (
    series TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (series, year)
);

CREATE TABLE cases (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL UNIQUE,
    received_on TEXT NOT NULL,
    channel     TEXT,
    version     INTEGER NOT NULL CHECK (version > 0)
);
CREATE INDEX cases_received ON cases (received_on);

-- The letter's own words: apart from the case, so that they can be erased and the case still counts.
CREATE TABLE requests (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL UNIQUE REFERENCES cases (id),
    words   TEXT NOT NULL,
    form    TEXT
);

-- place 1 is the applicant by whose kind the case counts; the others are co-applicants of one letter.
CREATE TABLE applicants (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    place   INTEGER NOT NULL CHECK (place > 0),
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    contact TEXT,
    UNIQUE (case_id, place)
);

-- Who acts for the applicant; never counted.
CREATE TABLE agents (
    id        INTEGER PRIMARY KEY,
    case_id   INTEGER NOT NULL REFERENCES cases (id),
    name      TEXT NOT NULL,
    contact   TEXT,
    authority TEXT
);
CREATE INDEX agents_case ON agents (case_id);

CREATE TABLE items (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    place   INTEGER NOT NULL CHECK (place > 0),
    asked   TEXT NOT NULL,
    UNIQUE (case_id, place)
);

-- What happened on a day. A wrong entry is struck with its reason and never removed.
CREATE TABLE events (
    id         INTEGER PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES cases (id),
    happened   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    who        TEXT,
    days       INTEGER,
    until_day  TEXT,
    note       TEXT,
    struck_why TEXT
);
CREATE INDEX events_case ON events (case_id, kind);
CREATE UNIQUE INDEX events_ending ON events (case_id)
    WHERE struck_why IS NULL AND kind IN ('replied', 'withdrawn');

CREATE TABLE searches (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES cases (id),
    searched TEXT NOT NULL,
    who      TEXT NOT NULL,
    places   TEXT NOT NULL,
    terms    TEXT NOT NULL,
    found    TEXT NOT NULL
);
CREATE INDEX searches_case ON searches (case_id);

-- What was asked of a third party, a co-maker or another organ, and what it said; the days are events.
CREATE TABLE consultations (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    family  TEXT NOT NULL CHECK (family IN ('third_party', 'comaker', 'organ')),
    who     TEXT NOT NULL,
    asked   TEXT NOT NULL,
    opinion TEXT,
    agrees  INTEGER CHECK (agrees IN (0, 1)),
    UNIQUE (case_id, family, who)
);

-- One outcome a case: only one decision of the whole stands; a replaced one is kept with the reason.
CREATE TABLE decisions (
    id           INTEGER PRIMARY KEY,
    case_id      INTEGER NOT NULL REFERENCES cases (id),
    outcome      TEXT NOT NULL,
    road         TEXT NOT NULL,
    decided      TEXT NOT NULL,
    reasons      TEXT NOT NULL,
    decided_by   TEXT NOT NULL,
    replaced_why TEXT
);
CREATE INDEX decisions_case ON decisions (case_id);
CREATE UNIQUE INDEX decisions_standing ON decisions (case_id) WHERE replaced_why IS NULL;

CREATE TABLE drafts (
    id          INTEGER PRIMARY KEY,
    case_id     INTEGER NOT NULL REFERENCES cases (id),
    place       INTEGER NOT NULL CHECK (place > 0),
    outcome     TEXT NOT NULL,
    words       TEXT NOT NULL,
    digest      TEXT NOT NULL,
    drafted_by  TEXT NOT NULL,
    prompt_hash TEXT,
    UNIQUE (case_id, place)
);

-- A step of the loop over one draft: secrecy and privacy check, legality review, approval; passed or returned.
CREATE TABLE approvals (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES cases (id),
    draft_id INTEGER NOT NULL REFERENCES drafts (id),
    step     TEXT NOT NULL,
    passed   INTEGER NOT NULL CHECK (passed IN (0, 1)),
    given_on TEXT NOT NULL,
    given_by TEXT NOT NULL,
    note     TEXT NOT NULL
);
CREATE INDEX approvals_case ON approvals (case_id);

CREATE TABLE letters (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES cases (id),
    draft_id INTEGER NOT NULL UNIQUE REFERENCES drafts (id),
    number   TEXT NOT NULL UNIQUE,
    issued   TEXT NOT NULL,
    digest   TEXT NOT NULL
);
CREATE INDEX letters_case ON letters (case_id);

-- The bytes lie in the folder of enclosures under their digest.
CREATE TABLE enclosures (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    name    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    size    INTEGER NOT NULL CHECK (size >= 0),
    UNIQUE (case_id, digest)
);

-- Reviews and suits over a case: table three of the yearly report.
CREATE TABLE disputes (
    id        INTEGER PRIMARY KEY,
    case_id   INTEGER NOT NULL REFERENCES cases (id),
    kind      TEXT NOT NULL,
    authority TEXT NOT NULL,
    filed     TEXT NOT NULL,
    result    TEXT,
    concluded TEXT,
    note      TEXT,
    CHECK ((result IS NULL) = (concluded IS NULL))
);
CREATE INDEX disputes_case ON disputes (case_id);

-- Append-only. Each entry holds the digest of the one before, and of the case's rows as they then stood.
CREATE TABLE audit_entries (
    seq         INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    who         TEXT NOT NULL,
    roles       TEXT NOT NULL,
    action      TEXT NOT NULL,
    case_id     INTEGER REFERENCES cases (id),
    detail      TEXT NOT NULL,
    prompt_hash TEXT,
    state       TEXT NOT NULL,
    previous    TEXT NOT NULL,
    digest      TEXT NOT NULL
);
CREATE INDEX audit_entries_case ON audit_entries (case_id);
