BEGIN TRANSACTION;
CREATE TABLE agents (
    id        INTEGER PRIMARY KEY,
    case_id   INTEGER NOT NULL REFERENCES cases (id),
    name      TEXT NOT NULL,
    contact   TEXT,
    authority TEXT
);
INSERT INTO "agents" VALUES(1,1,'秦律师',NULL,'授权委托书');
CREATE TABLE applicants (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    place   INTEGER NOT NULL CHECK (place > 0),
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    contact TEXT,
    UNIQUE (case_id, place)
);
INSERT INTO "applicants" VALUES(1,1,1,'natural_person','柳青','13900000000');
INSERT INTO "applicants" VALUES(2,1,2,'other','柳湾村民小组',NULL);
INSERT INTO "applicants" VALUES(3,2,1,'natural_person','柳青','13900000000');
INSERT INTO "applicants" VALUES(4,3,1,'natural_person','柳青','13900000000');
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
INSERT INTO "approvals" VALUES(1,1,1,'secrecy',1,'2026-10-10','罗敏','');
INSERT INTO "approvals" VALUES(2,1,1,'review',1,'2026-10-10','杜衡','');
INSERT INTO "approvals" VALUES(3,1,1,'approve',1,'2026-10-11','秦岭','');
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
INSERT INTO "audit_entries" VALUES(1,'2026-11-20T09:00:00+08:00','罗敏','','receive',1,'{"number": "2026-1", "received_on": "2026-09-10"}',NULL,'4b7ae6e178f68164a237b972e1ee0ddef6a9ed00f4a640e5db1d624e89851759','0000000000000000000000000000000000000000000000000000000000000000','9d24e84b4105803f3cd413eee76b9951e758c49b7f12e345a5b8ca0dbe631f67');
INSERT INTO "audit_entries" VALUES(2,'2026-11-20T09:00:00+08:00','罗敏','','event',1,'{"event": "2026-09-11 correction_notice"}',NULL,'ce742a16c32d357de1cc283536faf2d72e7d0454f6876f97074790f79797efb0','9d24e84b4105803f3cd413eee76b9951e758c49b7f12e345a5b8ca0dbe631f67','68eebe67ed0588c66ca64d0940591c01dfaf45abc1e4a0cc3e32ced65022a375');
INSERT INTO "audit_entries" VALUES(3,'2026-11-20T09:00:00+08:00','罗敏','','strike',1,'{"event": 1, "why": "记在了别的案件上"}',NULL,'15c0d3667db40be706296d25c2ec3251e3284b40efe5026e50fbd3e4df403811','68eebe67ed0588c66ca64d0940591c01dfaf45abc1e4a0cc3e32ced65022a375','09916f577c6426fa39bd6af3bed277abb713fe164bde74969d9b781064f9271b');
INSERT INTO "audit_entries" VALUES(4,'2026-11-20T09:00:00+08:00','罗敏','','consult',1,'{"family": "third_party", "on": "2026-09-15"}',NULL,'1e1e946d4df9d768e65d223f0eb1bd6831cbb611c6527e272ea30c3875bd67ad','09916f577c6426fa39bd6af3bed277abb713fe164bde74969d9b781064f9271b','a084aebb68477e3b3ebae40d930bd35f1f632d9577dd49b651d307f4d1e5cf10');
INSERT INTO "audit_entries" VALUES(5,'2026-11-20T09:00:00+08:00','罗敏','','event',1,'{"event": "2026-09-16 third_party_served（云河建材公司）"}',NULL,'cf5f9fa61c7c4bbb3ad76e5160b295e78e5911a6419bf24c05974f209e8579b8','a084aebb68477e3b3ebae40d930bd35f1f632d9577dd49b651d307f4d1e5cf10','21c0bd991027111b53fe380497cc8e046aefae4cf4174742fc03ae761c1d53f2');
INSERT INTO "audit_entries" VALUES(6,'2026-11-20T09:00:00+08:00','罗敏','','opinion',1,'{"agrees": false, "family": "third_party", "on": "2026-09-28"}',NULL,'2e69c69757e12c4c7d284c7bac70f96caf9f5b03039e35d0e69566f0a62ad29f','21c0bd991027111b53fe380497cc8e046aefae4cf4174742fc03ae761c1d53f2','ceb9c4e356311f5270cab1c29e0eb95309b4f5e528e03e06ef271aa9b6ce3070');
INSERT INTO "audit_entries" VALUES(7,'2026-11-20T09:00:00+08:00','罗敏','','search',1,'{"on": "2026-09-29", "who": "罗敏"}',NULL,'8012925e74cf5d8ca6756c032e97d98dc21846e1a5fce325078a00f4baeeda21','ceb9c4e356311f5270cab1c29e0eb95309b4f5e528e03e06ef271aa9b6ce3070','6d00f418c8ee24be07780f926c5f8b80faed0cdd0eec97a1472d985cdd44ff90');
INSERT INTO "audit_entries" VALUES(8,'2026-11-20T09:00:00+08:00','罗敏','','decide',1,'{"on": "2026-10-08", "outcome": "grant", "replaced_why": null, "road": "published"}',NULL,'9b841d4808334045034b9aacbd00467b56d19ecaf47b641b7b4d881267a97115','6d00f418c8ee24be07780f926c5f8b80faed0cdd0eec97a1472d985cdd44ff90','f81281ef85d176a9aa6defdf0528996efb67c690eefafb385395de4de6eaeb29');
INSERT INTO "audit_entries" VALUES(9,'2026-11-20T09:00:00+08:00','罗敏','','decide',1,'{"on": "2026-10-09", "outcome": "partial", "replaced_why": "第三方不同意公开报价", "road": "separated"}',NULL,'df0def1612433df2cde80018b05112b7e4e491777d34d3b2b1b0e6b206290910','f81281ef85d176a9aa6defdf0528996efb67c690eefafb385395de4de6eaeb29','d94d69e516bd0028251e8fc48a151a39901aa3907524b18f56f7dcedffd2ff5b');
INSERT INTO "audit_entries" VALUES(10,'2026-11-20T09:00:00+08:00','罗敏','','draft',1,'{"digest": "83326c06cc406f7c3171e76bfdec191b3f91a0277759344f55bcad61bbf36991"}','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','6061897b57b65e7ace3cf2d0f6c25f148b2129a3b17fb1765468431a517e9d87','d94d69e516bd0028251e8fc48a151a39901aa3907524b18f56f7dcedffd2ff5b','f1e54943c1130a8788812b14ab5dca66075cf4d4f87f97a7a66c8b9a9cf33957');
INSERT INTO "audit_entries" VALUES(11,'2026-11-20T09:00:00+08:00','罗敏','','secrecy',1,'{"draft": 1, "on": "2026-10-10", "passed": true}',NULL,'08d96f0d112fdf947028bcc89cfe983a9df40a2c5a3bc3ca30ea9ec01b73b610','f1e54943c1130a8788812b14ab5dca66075cf4d4f87f97a7a66c8b9a9cf33957','71569220d7e029f38745317384a811725edb9c56f1e6ac6ea3582d2c6541be53');
INSERT INTO "audit_entries" VALUES(12,'2026-11-20T09:00:00+08:00','杜衡','','review',1,'{"draft": 1, "on": "2026-10-10", "passed": true}',NULL,'22ef4c4b115d630c1c447918d86a7e8ccea93bc5e87588696f263525a2f71bec','71569220d7e029f38745317384a811725edb9c56f1e6ac6ea3582d2c6541be53','6e934a44e3722f72f781dd5d9f3d5d382a8c5db3323396787a4fd936b9a2925b');
INSERT INTO "audit_entries" VALUES(13,'2026-11-20T09:00:00+08:00','秦岭','','approve',1,'{"draft": 1, "on": "2026-10-11", "passed": true}',NULL,'d3c94f62459a140448edb627ffe580a7618c6a1124755472936415faccbf90d8','6e934a44e3722f72f781dd5d9f3d5d382a8c5db3323396787a4fd936b9a2925b','dfcae3bd401bf6d2f5e40fd304aa9e9d03cbf0d6ea3699d3d8a1d1d80cd3175b');
INSERT INTO "audit_entries" VALUES(14,'2026-11-20T09:00:00+08:00','罗敏','','issue',1,'{"draft": 1, "number": "云街公开〔2026〕1号", "on": "2026-10-12"}',NULL,'6c68d15c1a0d0981d1d7fff7b68fe487066aa70bb63e587d5afb95f6cf8c6037','dfcae3bd401bf6d2f5e40fd304aa9e9d03cbf0d6ea3699d3d8a1d1d80cd3175b','6801c6f9d656b6c84388b6fac9364040961802f7e01683f1edc9b8babdae9e80');
INSERT INTO "audit_entries" VALUES(15,'2026-11-20T09:00:00+08:00','罗敏','','enclose',1,'{"digest": "ce5b2e0c1dad239430a918f643b4bbdbead32159b3d6527a0a6672b8894de382", "name": "送达回证.txt"}',NULL,'6f168ec3a300e7ecbf55930a85ce47ddbc3a600831149a3adc1ad734fb19b1f7','6801c6f9d656b6c84388b6fac9364040961802f7e01683f1edc9b8babdae9e80','6853d312491d9325d0b3a8d98664a3c05155a5ecbe51df8f0ef2807517aad629');
INSERT INTO "audit_entries" VALUES(16,'2026-11-20T09:00:00+08:00','罗敏','','reply',1,'{"on": "2026-10-13", "outside": null}',NULL,'21aeb53813824560783632590100a19c205d571626e49d5f0900a3056f91e0ef','6853d312491d9325d0b3a8d98664a3c05155a5ecbe51df8f0ef2807517aad629','a79b27aa54fdf8d0584f650390134e66382cfd325c74471f34c85a3f972fd616');
INSERT INTO "audit_entries" VALUES(17,'2026-11-20T09:00:00+08:00','罗敏','','dispute',1,'{"filed": "2026-10-30", "kind": "review"}',NULL,'0322cc8faa3b3ba506a88b5f34b646679d6e01e55d47ece3c02784a172e07230','a79b27aa54fdf8d0584f650390134e66382cfd325c74471f34c85a3f972fd616','f8e700b2f0e481ee4ff841fafd93785c595ce9eb599fde106038a516804f7482');
INSERT INTO "audit_entries" VALUES(18,'2026-11-20T09:00:00+08:00','罗敏','','receive',2,'{"number": "2026-2", "received_on": "2026-09-10"}',NULL,'2f007f55251f48943e8b688a1900708ce04b3e8006450ad2ab458871325a5554','f8e700b2f0e481ee4ff841fafd93785c595ce9eb599fde106038a516804f7482','42d22b8d8080421e31081a5e8c26f818be494e30ab1fe7d63165f448089ac2a5');
INSERT INTO "audit_entries" VALUES(19,'2026-11-20T09:00:00+08:00','罗敏','','receive',3,'{"number": "2026-3", "received_on": "2026-09-10"}',NULL,'5e9047f7ec1b99015e293bf55793a722c1c5bc1d93b7c9f6d5e5d27c4ed45d35','42d22b8d8080421e31081a5e8c26f818be494e30ab1fe7d63165f448089ac2a5','e31317815ce342380500f0d7dffd24fb6546ed147481e3d13f27bc263c2fbe04');
INSERT INTO "audit_entries" VALUES(20,'2026-11-20T09:00:00+08:00','罗敏','','withdraw',3,'{"on": "2026-09-20"}',NULL,'8072afcf56b64d9b0f886fbc4920f6ccd403aa46369605f82fe193f199f60094','e31317815ce342380500f0d7dffd24fb6546ed147481e3d13f27bc263c2fbe04','f417c1bd1e74c52f684e53ce0b465b7315c4b315b0b6052a53aaba6d6ca7de2f');
CREATE TABLE cases (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL UNIQUE,
    received_on TEXT NOT NULL,
    channel     TEXT,
    version     INTEGER NOT NULL CHECK (version > 0)
);
INSERT INTO "cases" VALUES(1,'2026-1','2026-09-10','in_person',17);
INSERT INTO "cases" VALUES(2,'2026-2','2026-09-10','in_person',1);
INSERT INTO "cases" VALUES(3,'2026-3','2026-09-10','in_person',2);
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
INSERT INTO "consultations" VALUES(1,1,'third_party','云河建材公司','是否同意公开合同','不同意，含报价',0);
CREATE TABLE counters (
    series TEXT NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (series, year)
);
INSERT INTO "counters" VALUES('{year}-{number}',2026,3);
INSERT INTO "counters" VALUES('云街公开〔{year}〕{number}号',2026,1);
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
INSERT INTO "decisions" VALUES(1,1,'grant','published','2026-10-08','依据卷内材料','罗敏','第三方不同意公开报价');
INSERT INTO "decisions" VALUES(2,1,'partial','separated','2026-10-09','报价不公开','罗敏',NULL);
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
INSERT INTO "disputes" VALUES(1,1,'review','某市人民政府','2026-10-30',NULL,NULL,NULL);
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
INSERT INTO "drafts" VALUES(1,1,1,'partial','【待补：文号，本机关的编号序列】
柳青：
现部分公开。
','83326c06cc406f7c3171e76bfdec191b3f91a0277759344f55bcad61bbf36991','罗敏','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
CREATE TABLE enclosures (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    name    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    size    INTEGER NOT NULL CHECK (size >= 0),
    UNIQUE (case_id, digest)
);
INSERT INTO "enclosures" VALUES(1,1,'送达回证.txt','ce5b2e0c1dad239430a918f643b4bbdbead32159b3d6527a0a6672b8894de382',9);
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
INSERT INTO "events" VALUES(1,1,'2026-09-11','correction_notice',NULL,10,NULL,NULL,'记在了别的案件上');
INSERT INTO "events" VALUES(2,1,'2026-09-15','third_party_sent','云河建材公司',NULL,NULL,NULL,NULL);
INSERT INTO "events" VALUES(3,1,'2026-09-16','third_party_served','云河建材公司',NULL,NULL,NULL,NULL);
INSERT INTO "events" VALUES(4,1,'2026-09-28','third_party_answered','云河建材公司',NULL,NULL,NULL,NULL);
INSERT INTO "events" VALUES(5,1,'2026-10-13','replied',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "events" VALUES(6,3,'2026-09-20','withdrawn',NULL,NULL,NULL,'书面撤回，附件1',NULL);
CREATE TABLE items (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    place   INTEGER NOT NULL CHECK (place > 0),
    asked   TEXT NOT NULL,
    UNIQUE (case_id, place)
);
INSERT INTO "items" VALUES(1,1,1,'合同');
INSERT INTO "items" VALUES(2,1,2,'验收单');
INSERT INTO "items" VALUES(3,2,1,'申请公开柳湾社区2025年道路维修的合同。');
INSERT INTO "items" VALUES(4,3,1,'申请公开柳湾社区2025年道路维修的合同。');
CREATE TABLE letters (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES cases (id),
    draft_id INTEGER NOT NULL UNIQUE REFERENCES drafts (id),
    number   TEXT NOT NULL UNIQUE,
    issued   TEXT NOT NULL,
    digest   TEXT NOT NULL
);
INSERT INTO "letters" VALUES(1,1,1,'云街公开〔2026〕1号','2026-10-12','eae4be068ddb7a672d2e43b7f3b8059175acc5a6a264451e121d622afe12308c');
CREATE TABLE migrations (name TEXT PRIMARY KEY, digest TEXT NOT NULL);
INSERT INTO "migrations" VALUES('0001_register','5d21acd14589091f2fc19507666a6032fbf1762eceecc5e87ede8467bf90d418');
INSERT INTO "migrations" VALUES('0002_append_only','294cdc73bb3f66ae8c0b9adab327367f44ef0482b9980be987517af270065d20');
INSERT INTO "migrations" VALUES('0003_endings','a7ba51b1fa5b8cb5ac89ce624f7625dd6613454281d2cf13dd83e58747d0ba25');
CREATE TABLE requests (
    id      INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL UNIQUE REFERENCES cases (id),
    words   TEXT NOT NULL,
    form    TEXT
);
INSERT INTO "requests" VALUES(1,1,'申请公开柳湾社区2025年道路维修的合同。',NULL);
INSERT INTO "requests" VALUES(2,2,'申请公开柳湾社区2025年道路维修的合同。',NULL);
INSERT INTO "requests" VALUES(3,3,'申请公开柳湾社区2025年道路维修的合同。',NULL);
CREATE TABLE searches (
    id       INTEGER PRIMARY KEY,
    case_id  INTEGER NOT NULL REFERENCES cases (id),
    searched TEXT NOT NULL,
    who      TEXT NOT NULL,
    places   TEXT NOT NULL,
    terms    TEXT NOT NULL,
    found    TEXT NOT NULL
);
INSERT INTO "searches" VALUES(1,1,'2026-09-29','罗敏','档案室','道路 维修','合同一份');
CREATE INDEX cases_received ON cases (received_on);
CREATE INDEX agents_case ON agents (case_id);
CREATE INDEX events_case ON events (case_id, kind);
CREATE UNIQUE INDEX events_ending ON events (case_id)
    WHERE struck_why IS NULL AND kind IN ('replied', 'withdrawn');
CREATE INDEX searches_case ON searches (case_id);
CREATE INDEX decisions_case ON decisions (case_id);
CREATE UNIQUE INDEX decisions_standing ON decisions (case_id) WHERE replaced_why IS NULL;
CREATE INDEX approvals_case ON approvals (case_id);
CREATE INDEX letters_case ON letters (case_id);
CREATE INDEX disputes_case ON disputes (case_id);
CREATE INDEX audit_entries_case ON audit_entries (case_id);
CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit_entries: append only');
END;
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit_entries: append only');
END;
CREATE UNIQUE INDEX events_archived ON events (case_id) WHERE struck_why IS NULL AND kind = 'archived';
CREATE INDEX events_ended_on ON events (happened, case_id)
    WHERE struck_why IS NULL AND kind IN ('replied', 'withdrawn');
COMMIT;
