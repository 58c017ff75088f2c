CREATE TABLE notices (
    gateway TEXT NOT NULL,
    id TEXT NOT NULL,
    taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT notices_pkey PRIMARY KEY (gateway, id),
    CONSTRAINT notices_named_check CHECK (gateway <> '' AND id <> '')
);
CREATE INDEX notices_taken_at_idx ON notices (taken_at);
