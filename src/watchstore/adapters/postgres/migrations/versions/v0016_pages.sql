CREATE TABLE catalogue_edits (
    watch_id UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT catalogue_edits_pkey PRIMARY KEY (watch_id),
    CONSTRAINT catalogue_edits_watch_id_fkey FOREIGN KEY(watch_id) REFERENCES watches (id)
);
CREATE INDEX catalogue_edits_version_idx ON catalogue_edits (version);
INSERT INTO catalogue_edits SELECT watches.id, catalogue_state.version FROM watches, catalogue_state;
