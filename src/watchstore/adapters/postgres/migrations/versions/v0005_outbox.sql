CREATE TABLE events (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    aggregate UUID NOT NULL,
    seq BIGINT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload JSONB NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (id),
    CONSTRAINT events_aggregate_seq_key UNIQUE (aggregate, seq),
    CONSTRAINT events_numbers_check CHECK (seq >= 1 AND version >= 1),
    CONSTRAINT events_payload_check CHECK (jsonb_typeof(payload) = 'object')
);
CREATE INDEX events_recorded_at_idx ON events (recorded_at);

CREATE TABLE deliveries (
    event_id UUID NOT NULL,
    consumer TEXT NOT NULL,
    aggregate UUID NOT NULL,
    seq BIGINT NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    token BIGINT DEFAULT 0 NOT NULL,
    leased_until TIMESTAMP WITH TIME ZONE,
    delivered_at TIMESTAMP WITH TIME ZONE,
    parked_at TIMESTAMP WITH TIME ZONE,
    error TEXT,
    CONSTRAINT deliveries_pkey PRIMARY KEY (event_id, consumer),
    CONSTRAINT deliveries_consumer_check CHECK (consumer <> ''),
    CONSTRAINT deliveries_outcome_check CHECK (delivered_at IS NULL OR parked_at IS NULL),
    CONSTRAINT deliveries_event_id_fkey FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
CREATE INDEX deliveries_due_idx ON deliveries (not_before) WHERE delivered_at IS NULL AND parked_at IS NULL;
CREATE INDEX deliveries_stream_idx ON deliveries (aggregate, consumer, seq) WHERE delivered_at IS NULL;
